/** The legs of this checkout, as a run that begins now would fill them in. */
import type { LegSpec } from '@nx-ci-cache/config';
import type { DetectedSource } from '@nx-ci-cache/branch';
import type { BranchFacts } from '@nx-ci-cache/records';
import type { StepContext } from '../context/context';
import { legSpecs } from '../context/leg-specs';
import { targetBranch } from '../facts/target-branch';

/** @throws CiCacheError `OptionInvalid` for a placeholder without a value. */
export const specsOf = (context: StepContext, source: DetectedSource): LegSpec[] => {
  const { file, push } = context.config;
  const target = targetBranch(push.branches, source.baseBranch ?? source.branch, { file, key: 'push.branches' });
  return legSpecs(context, { imageBranch: target.source, sourceCommit: source.commit } as BranchFacts);
};
