/**
 * Which allowed packages the resolver is told to take from source. Of a release with both it still reads the wheel, but
 * one that has wheels alone it no longer sees: where such a release is the newest, the package needs no build.
 */
import { compare } from '@renovatebot/pep440';
import { mapConcurrently } from '@nx-ci-cache/process';
import type { CellFacts } from '@nx-ci-cache/records';
import { readProject } from '../indexes/project-pages';
import { filesOn } from '../indexes/files';
import { normaliseName } from '../file/pins';
import { connected, type PageReader } from '../indexes/page';
import { isSdist, newestVersion, releasesSeen, seenRules } from '../indexes/seen';
import { isUsableWheel } from '../indexes/usable';

const atOnce = 8;

/** Asked of the index once for each set of facts: a cell is resolved several times in a process. */
const known = new Map<string, Promise<CellFacts['allowSdist']>>();

/** A keyring answers the resolver alone, and a page of the older HTML says too little: there all stay. */
export const namesToBuild = async (facts: CellFacts): Promise<CellFacts['allowSdist']> => {
  const { allowSdist, python, cutoff, exempt, indexUrl, indexes, indexStrategy } = facts;
  if (allowSdist === 'all' || allowSdist.length === 0 || facts.keyring === true) return allowSdist;
  const key = JSON.stringify([allowSdist, python, cutoff, exempt, indexUrl, indexes, indexStrategy]);
  const asked = known.get(key) ?? askAll(allowSdist, facts);
  known.set(key, asked);
  return asked;
};

const askAll = async (names: readonly string[], facts: CellFacts): Promise<readonly string[]> => {
  const reader = connected({ environment: process.env });
  const needed = await mapConcurrently(names, atOnce, (name) => needsBuild(normaliseName(name), facts, reader));
  return names.filter((_name, at) => needed[at]);
};

const needsBuild = async (name: string, facts: CellFacts, reader: PageReader): Promise<boolean> => {
  const read = await readProject(name, facts, reader);
  const files = typeof read === 'string' ? [] : read.flatMap((page) => filesOn(page) ?? []);
  const releases = [...releasesSeen(name, files, seenRules(name, facts))];
  const newest = (isOne: (files: readonly string[]) => boolean) =>
    newestVersion(releases.flatMap(([version, each]) => (isOne(each) ? [version] : [])));
  const hasWheel = (each: readonly string[]) => each.some((file) => isUsableWheel(file, facts));
  const wheelsAlone = newest((each) => hasWheel(each) && !each.some(isSdist));
  const sdistsAlone = newest((each) => !hasWheel(each) && each.some(isSdist));
  return wheelsAlone === undefined || (sdistsAlone !== undefined && compare(sdistsAlone, wheelsAlone) > 0);
};
