/** Records of earlier steps that a step cannot do without. */
import { CiCacheError, readJson } from '@nx-ci-cache/process';
import { isFailure, type BranchFacts } from '@nx-ci-cache/records';
import type { StepDefinition } from '../../chain/definition';
import { snapshotStep } from '../../chain/snapshot';
import type { StepContext } from './context';
import { targetDoing } from './own-tasks';

/** The facts of this run. @throws CiCacheError when `snapshot` has not run. */
export const readBranchFacts = (context: StepContext): Promise<BranchFacts> =>
  required<BranchFacts>(context, context.paths.branch, snapshotStep);

/** A record an earlier step wrote. @throws CiCacheError naming the target that writes it: one of the step `writer`. */
export const required = async <Record extends object>(
  context: StepContext,
  path: string,
  writer: StepDefinition,
): Promise<Record> => {
  const record = await readJson<Record>(context.at(path));
  if (record !== undefined && !isFailure(record)) return record;
  throw new CiCacheError(
    'OptionInvalid',
    `${path} ${record === undefined ? 'is missing' : 'says that this step failed'}`,
    {
      remedy: `Run this target with its dependencies, or run ${targetDoing(writer, {}, context)} first.`,
    },
  );
};
