/** Several parts in one process: one that fails does not stop the others, so that a person sees all faults at once. */
import { CiCacheError, mapConcurrently, messageOf } from '@nx-ci-cache/process';

/** The parts that succeeded, and what the others threw. */
export interface Attempted<Part> {
  readonly done: readonly Part[];
  readonly errors: readonly unknown[];
}

/** @param atOnce how many at a time. */
export const attemptEach = async <Part>(
  parts: readonly Part[],
  atOnce: number,
  act: (part: Part) => Promise<unknown>,
): Promise<Attempted<Part>> => {
  const errors: unknown[] = [];
  const done = await mapConcurrently(parts, atOnce, async (part) => {
    try {
      await act(part);
      return [part];
    } catch (error) {
      errors.push(error);
      return [];
    }
  });
  return { done: done.flat(), errors };
};

/** @throws the only error there is; of several, a CiCacheError `CommandFailed` with every message. */
export const throwAll = (errors: readonly unknown[], what: string): void => {
  if (errors.length === 1) throw errors[0];
  if (errors.length === 0) return;
  throw new CiCacheError('CommandFailed', `${errors.length} ${what} failed:\n${errors.map(messageOf).join('\n')}`, {
    remedy: 'Mend them one after the other: each says what to do.',
  });
};
