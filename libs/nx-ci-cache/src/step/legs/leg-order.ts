/** How this run stands to what other runs recorded: asked of git by the images, which know nothing of remotes. */
import type { Order } from '@nx-ci-cache/images';
import { relating } from '@nx-ci-cache/branch';
import type { BranchFacts } from '@nx-ci-cache/records';
import type { StepContext } from '../context/context';
import { remoteAccess } from '../facts/remote-access';

/** One per step: every commit is asked about once. */
export const legOrder = (
  { sourceCommit, startedAt: observedAt, remote: url }: BranchFacts,
  constraintsCommit: string | null,
  context: StepContext,
): Order => {
  const where = { workspaceRoot: context.workspaceRoot, access: { url, ...remoteAccess(context) } };
  return {
    ...{ sourceCommit, constraintsCommit, observedAt },
    toSource: relating({ commit: sourceCommit, ...where }),
    toConstraints: relating({ commit: constraintsCommit ?? sourceCommit, ...where }),
  };
};
