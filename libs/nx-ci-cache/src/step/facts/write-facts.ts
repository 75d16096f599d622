/** Facts files: each holds only what its one consumer may depend on, so that a cache hit on it is true. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ciRunUrl } from '@nx-ci-cache/branch';
import { type BranchFacts, cellsOf, constraintFile, type SnapshotRecord } from '@nx-ci-cache/records';
import { writeFileAtomic, writeJson } from '@nx-ci-cache/process';
import type { StepContext } from '../context/context';

export const writePublished = async (
  { config, paths, at }: StepContext,
  published: Readonly<Record<string, string>>,
): Promise<void> => {
  await rm(at(paths.published), { recursive: true, force: true });
  for (const file of cellsOf(config).map(constraintFile)) {
    const text = published[file];
    if (text !== undefined) await writeFileAtomic(at(join(paths.published, file)), text);
  }
};

export const writeBranch = ({ paths, at }: StepContext, branch: BranchFacts): Promise<void> =>
  writeJson(at(paths.branch), branch);

/** What says which run the records beside it are of. */
export const snapshotRecord = (
  { run, startedAt }: BranchFacts,
  { environment }: Pick<StepContext, 'environment'>,
): SnapshotRecord => {
  const ciRun = ciRunUrl(environment);
  return { run, result: 'observed', startedAt, ...(ciRun === undefined ? {} : { ciRun }) };
};
