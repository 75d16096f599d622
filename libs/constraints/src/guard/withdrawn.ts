/** Published pins that may go down, and why: yanked since, or a pre-release nobody asked for. */
import { compare } from '@renovatebot/pep440';
import type { CellFacts } from '@nx-ci-cache/records';
import { lookUpReleases, releaseKey } from '../compare/releases';
import type { Pins } from '../file/pins';
import type { PageReader } from '../indexes/page';
import { asksPrerelease, isPrerelease } from '../prereleases/unasked';

/** Reasons by name, of pins that go down. */
export const withdrawnPins = async (
  pins: Pins,
  published: Pins,
  facts: CellFacts,
  reader: PageReader,
): Promise<ReadonlyMap<string, string>> => {
  const down = [...pins].flatMap(([name, to]) => {
    const from = published.get(name);
    return from !== undefined && compare(to, from) < 0 ? [{ name, from, to }] : [];
  });
  if (down.length === 0) return new Map();
  const questions = down.map(({ name, from }) => ({ name, version: from }));
  const releases = await lookUpReleases(questions, { facts, reader });
  return new Map(
    down.flatMap(({ name, from, to }): [string, string][] => {
      const yanked = releases.get(releaseKey({ name, version: from }))?.yanked;
      if (yanked !== undefined) return [[name, `${from} was yanked${yanked === '' ? '' : `: ${yanked}`}`]];
      const isUnasked = isPrerelease(from) && !isPrerelease(to) && !asksPrerelease(name, facts);
      return isUnasked ? [[name, `${from} is a pre-release nobody asked for`]] : [];
    }),
  );
};
