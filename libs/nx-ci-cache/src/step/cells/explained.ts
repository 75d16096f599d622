/** Why a cell has no solution, as a file beside its records where it is too long for a message. */
import { CiCacheError, counted, harmlessText, removeFile, writeFileAtomic } from '@nx-ci-cache/process';
import type { Cell } from '@nx-ci-cache/records';
import type { StepContext } from '../context/context';

/** @param work resolves the cell; an explanation of an earlier run is gone before it begins. */
export const explained = async <Answer>(
  cell: Cell,
  { at, paths }: Pick<StepContext, 'at' | 'paths'>,
  work: () => Promise<Answer>,
): Promise<Answer> => {
  const path = paths.explanation(cell);
  await removeFile(at(path));
  try {
    return await work();
  } catch (error) {
    const { explanation, ...data } = error instanceof CiCacheError ? error.data : {};
    if (!(error instanceof CiCacheError) || typeof explanation !== 'string') throw error;
    const isWritten = await writeFileAtomic(at(path), `${harmlessText(explanation)}\n`).then(
      () => true,
      () => false,
    );
    if (!isWritten) throw error;
    const { code, message, remedy, cause } = error;
    const lines = counted(explanation.split('\n').length, 'line');
    throw new CiCacheError(code, `${message}\nThe whole explanation, ${lines}: ${path}`, { remedy, data, cause });
  }
};
