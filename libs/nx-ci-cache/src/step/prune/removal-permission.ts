/** Whether anything may be removed: only by a clear yes, and only by what the branch itself says is needed. */
import { observeSourceBranch, originOf } from '@nx-ci-cache/branch';
import { checkout, editedPaths } from '@nx-ci-cache/git';
import { permissionOf, type BranchFacts, type Permission } from '@nx-ci-cache/records';
import type { StepContext } from '../context/context';
import { remoteAccess } from '../facts/remote-access';

/** @throws CiCacheError `CommandFailed` when git or the remote cannot be asked. */
export const removalPermission = async (branch: BranchFacts, context: StepContext): Promise<Permission['removal']> => {
  const preview =
    branch.preview ?? unsaid(context) ?? (await edited(branch, context)) ?? (await behind(branch, context));
  return permissionOf({ preview, removing: true }).removal;
};

/** A CI publishes without being asked; what is removed does not come back. */
const unsaid = ({ switches }: StepContext): string | undefined =>
  switches.answer ? undefined : 'nothing is removed without --answer=yes or CI_CACHE_ANSWER=yes, in a CI neither';

const edited = async ({ sourceCommit }: BranchFacts, { config, workspaceRoot }: StepContext) => {
  const [file] = await editedPaths(checkout(workspaceRoot), sourceCommit, config.files);
  return file === undefined ? undefined : `${file} is not as the commit has it`;
};

/** Of a branch that is nowhere else its checkout is all there is. */
const behind = async (
  { sourceBranch, sourceCommit, remote }: BranchFacts,
  context: StepContext,
): Promise<string | undefined> => {
  if (sourceBranch === undefined) return undefined;
  const access = remoteAccess(context);
  for (const url of new Set([remote, ...(await originOf(context.workspaceRoot, {}))])) {
    const tip = await observeSourceBranch(url, sourceBranch, access);
    if (tip !== null)
      return tip === sourceCommit ? undefined : `${sourceBranch} is at ${tip} on its remote: check that out`;
  }
  return undefined;
};
