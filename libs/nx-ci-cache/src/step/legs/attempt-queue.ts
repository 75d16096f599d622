/** The legs of one node in their order; one whose base is still to be built lets the others go first. */
import type { StaleLeg } from '@nx-ci-cache/images';
import { attemptEach, type Attempted } from '../each-part';

/**
 * A leg has its turn also after its base has failed: what is there then decides, and its record says so.
 * @param queue holds no ring of bases.
 * @param atOnce how many at a time.
 */
export const attemptQueue = async <Leg extends StaleLeg>(
  queue: readonly Leg[],
  atOnce: number,
  act: (leg: Leg) => Promise<unknown>,
): Promise<Attempted<Leg>> => {
  const waiting = new Set(queue);
  const unfinished = new Set(queue.map(({ name }) => name));
  const running = new Set<Promise<void>>();
  const attempts: Attempted<Leg>[] = [];
  const isReady = ({ bases = [] }: Leg) => !bases.some((base) => unfinished.has(base));
  const build = async (leg: Leg): Promise<void> => {
    attempts.push(await attemptEach([leg], 1, act));
    unfinished.delete(leg.name);
  };
  const work = async (): Promise<void> => {
    while (waiting.size > 0) {
      const next = [...waiting].find(isReady);
      if (next === undefined) {
        await Promise.race(running);
        continue;
      }
      waiting.delete(next);
      const built = build(next);
      running.add(built);
      await built;
      running.delete(built);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { done: attempts.flatMap(({ done }) => done), errors: attempts.flatMap(({ errors }) => errors) };
};
