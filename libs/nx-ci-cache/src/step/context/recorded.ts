/** An acting step's record: the old one is gone before the act, the new one is written last, also when it fails. */
import { CiCacheError, messageOf, readJson, redact, removeFile, writeJson } from '@nx-ci-cache/process';
import type { BranchFacts } from '@nx-ci-cache/records';
import type { StepContext } from './context';

/**
 * @param failed the record of a failure whose text is given.
 * @throws whatever `act` throws, after the failure was recorded.
 */
export const recorded = async <Record>(
  path: string,
  act: () => Promise<Record>,
  failed: (text: string, error: unknown) => Record,
): Promise<Record> => {
  await removeFile(path);
  try {
    const record = await act();
    await writeJson(path, record);
    return record;
  } catch (error) {
    await writeJson(path, failed(redact(messageOf(error)), error));
    throw error;
  }
};

/** The facts of this run. @throws CiCacheError when `snapshot` has not run. */
export const readBranchFacts = (context: StepContext): Promise<BranchFacts> =>
  required<BranchFacts>(context, context.paths.branch, 'snapshot');

/** A record an earlier step wrote. @throws CiCacheError naming the target that writes it. */
export const required = async <Record>(context: StepContext, path: string, target: string): Promise<Record> => {
  const record = await readJson<Record>(context.at(path));
  if (record !== undefined) return record;
  throw new CiCacheError('OptionInvalid', `${path} is missing`, {
    remedy: `Run this target with its dependencies, or run ${context.projectName}:${target} first.`,
  });
};
