/**
 * Which allowed packages the resolver is told to take from source. Of a release with both it still reads the wheel, but
 * one that has wheels alone it no longer sees: where such a release is the newest, the package needs no build.
 */
import { compare } from '@renovatebot/pep440';
import { askedOnce, mapConcurrently } from '@nx-ci-cache/process';
import type { CellFacts } from '@nx-ci-cache/records';
import { normaliseName } from '../file/pins';
import type { PageReader } from '../indexes/page';
import { newestVersion } from '../indexes/seen';
import { readReleases, type SeenRelease } from '../indexes/releases';
import { keptPages } from './kept-pages';

const atOnce = 8;

/** Asked of the index once for each set of facts: a cell is resolved several times in a process. */
const once = askedOnce<readonly string[]>();

/** A keyring answers the resolver alone, and a page of the older HTML says too little: there all stay. */
export const namesToBuild = async (facts: CellFacts): Promise<CellFacts['allowSdist']> => {
  const { allowSdist, python, patch, platform, linux, cutoff, exempt, indexUrl, indexes, indexStrategy } = facts;
  if (allowSdist === 'all' || allowSdist.length === 0 || facts.keyring === true) return allowSdist;
  const key = JSON.stringify([
    allowSdist,
    python,
    patch,
    platform,
    linux,
    cutoff,
    exempt,
    indexUrl,
    indexes,
    indexStrategy,
  ]);
  return once(key, () => askAll(allowSdist, facts));
};

const askAll = async (names: readonly string[], facts: CellFacts): Promise<readonly string[]> => {
  const reader = await keptPages(facts);
  const needed = await mapConcurrently(names, atOnce, (name) => needsBuild(normaliseName(name), facts, reader));
  return names.filter((_name, at) => needed[at]);
};

const needsBuild = async (name: string, facts: CellFacts, reader: PageReader): Promise<boolean> => {
  const releases = await readReleases(name, facts, reader);
  const newest = (isOne: (release: SeenRelease) => boolean) =>
    newestVersion(releases.filter(isOne).map(({ version }) => version));
  const wheelsAlone = newest(({ wheel, sdist }) => wheel && !sdist);
  const sdistsAlone = newest(({ wheel, sdist }) => sdist && !wheel);
  return wheelsAlone === undefined || (sdistsAlone !== undefined && compare(sdistsAlone, wheelsAlone) > 0);
};
