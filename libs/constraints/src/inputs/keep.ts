/** Published pins a mode keeps unless its requirements say otherwise: a recorded input, never one that happens to lie there. */
import { normaliseName } from '@nx-ci-cache/config';
import type { Switches } from '@nx-ci-cache/config';
import { pinsOf, readLines } from '../file/lines';

/**
 * Only pins, whatever else the file holds: the resolver would follow an option to files and indexes of no fact.
 * @param upgrade of this run: everything, or the packages whose pins are let go.
 */
export const pinsToKeep = (published: string | undefined, upgrade: Switches['upgrade']): string | undefined => {
  if (published === undefined || upgrade === true) return undefined;
  const released = new Set((upgrade ?? []).map(normaliseName));
  const kept = [...pinsOf(readLines(published))].filter(([name]) => !released.has(name));
  return kept
    .map(([name, version]) => `${name}==${version}\n`)
    .sort()
    .join('');
};
