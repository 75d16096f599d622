/** Published pins a mode keeps unless its requirements say otherwise: a recorded input, never one that happens to lie there. */
import { normaliseName } from '@nx-ci-cache/config';
import type { Switches } from '@nx-ci-cache/config';

/** @param upgrade of this run: everything, or the packages whose pins are let go. */
export const pinsToKeep = (published: string | undefined, upgrade: Switches['upgrade']): string | undefined => {
  if (published === undefined || upgrade === true) return undefined;
  const released = new Set((upgrade ?? []).map(normaliseName));
  const pins = published.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const kept = pins.filter((line) => !released.has(normaliseName(line.split('==', 1)[0] ?? '')));
  return kept.map((line) => `${line}\n`).join('');
};
