/** The legs of this run with their placeholders filled in from what the snapshot saw. */
import { invalid, legSpec, type LegSpec } from '@nx-ci-cache/config';
import { type BranchFacts, type Leg, legName, legsOf } from '@nx-ci-cache/records';
import type { StepContext } from './context';

export const legSpecs = (
  { config, environment }: StepContext,
  { imageBranch: branch, sourceCommit: commit, cutoff }: BranchFacts,
  constraintsCommit?: string,
): LegSpec[] => {
  const run = {
    branch,
    commit,
    cutoff,
    environment,
    ...(constraintsCommit === undefined ? {} : { constraintsCommit }),
  };
  return legsOf(config).map((leg) => legSpec(config, leg, run));
};

/**
 * @param constraintsCommit what `{constraints}` in tags stands for, when it is known.
 * @throws CiCacheError `OptionInvalid` when ci-cache.json describes no such leg.
 */
export const findSpec = (leg: Leg, branch: BranchFacts, context: StepContext, constraintsCommit?: string): LegSpec => {
  const specs = legSpecs(context, branch, constraintsCommit);
  const found = specs.find(({ name }) => name === legName(leg));
  if (found !== undefined) return found;
  throw invalid(
    { file: context.config.file, key: 'images' },
    legName(leg),
    `one of ${specs.map(({ name }) => name).join(', ')}`,
  );
};
