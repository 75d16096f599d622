/** What holds pins, once for the same words of several files. */
import { heldText, type ChangesRecord } from '@nx-ci-cache/records';

type Said = readonly [words: string, where: string];

export const heldWords = ({ held = {} }: Pick<ChangesRecord, 'held'>): readonly Said[] =>
  Object.entries(held).flatMap(([file, pins]) => pins.map((pin) => [heldText(pin), file] as const));

/** Where each is said, in the order of the first. */
export const placesOf = (said: readonly Said[]): ReadonlyMap<string, readonly string[]> => {
  const places = new Map<string, readonly string[]>();
  for (const [words, where] of said) places.set(words, [...(places.get(words) ?? []), where]);
  return places;
};
