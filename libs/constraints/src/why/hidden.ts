/** Newer releases that a mode's own rules pass over: pre-releases, and those that only an sdist could give. */
import { compare } from '@renovatebot/pep440';
import type { CellFacts, Hidden } from '@nx-ci-cache/records';
import { readProject } from '../indexes/project-pages';
import { filesOn, noJson } from '../indexes/files';
import { wheelName } from '../inputs/wheel';
import { ofName, seenRules } from '../indexes/seen';
import { mayBuild } from '../requirements/sdists';
import { newestOf } from './newest';
import { newestSdist } from './newest-sdist';

/** @param above the newest version the cell takes. */
export const hiddenAbove = async (name: string, above: string, facts: CellFacts): Promise<Hidden[]> => {
  const rule = ofName(name, facts.prereleasePackages) ?? facts.prerelease;
  const found = [
    ...(rule === 'allow' ? [] : [await prerelease(name, facts)]),
    ...(mayHideSdist(name, facts) ? await sdist(name, facts) : []),
  ];
  return found.filter((each) => each.by === 'unknown' || compare(each.version, above) > 0);
};

const prerelease = async (name: string, facts: CellFacts): Promise<Hidden> => {
  const newest = await newestOf(name, { ...facts, prerelease: 'allow', prereleasePackages: {} });
  return 'unknown' in newest
    ? { by: 'unknown', reason: newest.unknown }
    : { by: 'prerelease', version: newest.version };
};

/** Not of a package taken from its sdist anyway, nor of a member whose wheel comes first of all indexes. */
const mayHideSdist = (name: string, { allowSdist, wheels = [] }: CellFacts): boolean =>
  !mayBuild(name, allowSdist) && !wheels.some((wheel) => wheelName(wheel) === name);

/** From the index's pages alone: the resolver would build an sdist to answer, which runs its code. */
const sdist = async (name: string, facts: CellFacts): Promise<Hidden[]> => {
  const read = await readProject(name, facts, { environment: process.env });
  if (typeof read === 'string') return [{ by: 'unknown', reason: read }];
  const listed = read.map(filesOn);
  if (listed.includes(undefined)) return [{ by: 'unknown', reason: noJson }];
  const files = listed.flatMap((each = []) => each);
  const version = newestSdist(name, files, { ...seenRules(name, facts), python: facts.patch ?? facts.python });
  return version === undefined ? [] : [{ by: 'sdist', version }];
};
