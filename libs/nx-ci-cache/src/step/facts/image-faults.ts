/** What is wrong with an image is said by the first step: after constraints were pushed it would be too late. */
import type { LegSpec } from '@nx-ci-cache/config';
import { refuseFaults } from '@nx-ci-cache/images';
import type { BranchFacts } from '@nx-ci-cache/records';
import type { StepContext } from '../context/context';

/** @throws CiCacheError `OptionInvalid` with every fault of every image. */
export const refuseImageFaults = async (
  specs: readonly LegSpec[],
  { sourceCommit: commit, preview }: BranchFacts,
  { config, workspaceRoot }: StepContext,
): Promise<void> => {
  const frozen = new Set(config.modes.map(({ image }) => image));
  const needsFiles = ({ image }: LegSpec) => preview === undefined || frozen.has(image);
  await refuseFaults({ workspaceRoot, commit }, specs, { needsFiles });
};
