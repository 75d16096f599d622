/** Every cell in one process: one that fails does not stop the others, so that a person sees all faults at once. */
import type { Cell } from '@nx-ci-cache/records';
import { CiCacheError, messageOf } from '@nx-ci-cache/process';

/** @throws whatever the only failing cell threw; of several, a CiCacheError `ResolveFailed` with every message. */
export const eachCell = async (cells: readonly Cell[], act: (cell: Cell) => Promise<unknown>): Promise<void> => {
  const errors: unknown[] = [];
  for (const cell of cells) await act(cell).catch((error: unknown) => errors.push(error));
  if (errors.length === 1) throw errors[0];
  if (errors.length === 0) return;
  throw new CiCacheError('ResolveFailed', `${errors.length} cells failed:\n${errors.map(messageOf).join('\n')}`, {
    remedy: 'Mend them one after the other: each says what to do.',
  });
};
