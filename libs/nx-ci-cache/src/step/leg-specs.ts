/** The legs of this run with their placeholders filled in from what the snapshot saw. */
import { legSpec, legsOf, type LegSpec } from '@nx-ci-cache/config';
import type { BranchFacts } from '@nx-ci-cache/report';
import type { StepContext } from './context';

export const legSpecs = (
  { config, environment }: StepContext,
  { imageBranch, sourceCommit }: Pick<BranchFacts, 'imageBranch' | 'sourceCommit'>,
): LegSpec[] =>
  legsOf(config).map((leg) => legSpec(config, leg, { branch: imageBranch, commit: sourceCommit, environment }));
