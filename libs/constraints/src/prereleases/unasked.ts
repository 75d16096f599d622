/** Pre-releases that a mode's own texts do not ask for although the package has a stable release. */
import { explain } from '@renovatebot/pep440';
import { mapConcurrently } from '@nx-ci-cache/process';
import type { CellFacts } from '@nx-ci-cache/records';
import type { Pins } from '../file/pins';
import { connected, type PageReader } from '../indexes/page';
import { newestStable, readReleases } from '../indexes/releases';
import { ofName } from '../indexes/seen';
import { boundsIn } from '../requirements/bounds';

export interface Unasked {
  readonly version: string;
  /** Newest stable release at the cut-off that the cell's Python may have. */
  readonly stable: string;
}

const atOnce = 8;

/** By name. A package that has pre-releases alone is asked for by whatever requires it. */
export const unaskedPrereleases = async (
  pins: Pins,
  facts: CellFacts,
  given: PageReader,
): Promise<ReadonlyMap<string, Unasked>> => {
  const open = [...pins].filter(([name, version]) => isPrerelease(version) && !asksPrerelease(name, facts));
  const reader = connected(given);
  const found = await mapConcurrently(open, atOnce, async ([name, version]): Promise<[string, Unasked][]> => {
    const releases = await readReleases(name, facts, reader);
    const stable = newestStable(releases.filter(({ admitted }) => admitted))?.version;
    return stable === undefined ? [] : [[name, { version, stable }]];
  });
  return new Map(found.flat());
};

export const isPrerelease = (version: string): boolean => explain(version)?.is_prerelease === true;

/** By a rule of the mode, or by a bound of its own that names one. @param name normalised. */
export const asksPrerelease = (name: string, facts: CellFacts): boolean => {
  const rule = ofName(name, facts.prereleasePackages) ?? facts.prerelease;
  const texts = [...facts.requirements, ...(facts.constraints ?? []), ...(facts.overrides ?? [])].map(
    ({ text }) => text,
  );
  const bounds = [...texts, ...(facts.limits ?? []).map(({ bound }) => bound)].flatMap((text) => boundsIn(text, name));
  return rule === 'allow' || bounds.some((bound) => namesPrerelease.test(bound));
};

const namesPrerelease = /\d[-_.]?(?:a|b|c|rc|alpha|beta|pre|preview|dev)[-_.]?\d*/i;
