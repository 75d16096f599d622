/** Newer releases that a mode's own rules pass over: pre-releases, and those that its platform and its wheels rule out. */
import { compare } from '@renovatebot/pep440';
import type { CellFacts, Hidden } from '@nx-ci-cache/records';
import { readProject } from '../indexes/project-pages';
import { filesOn, noJson } from '../indexes/files';
import { wheelName } from '../requirements/wheel';
import { newerPatch } from '../explain/later-patch';
import { releasesOn } from '../indexes/releases';
import { ofName } from '../indexes/seen';
import { newestOf } from './newest';
import { passedOver } from './passed-over';

/** @param above the newest version the cell takes. */
export const hiddenAbove = async (name: string, above: string, facts: CellFacts): Promise<Hidden[]> => {
  const rule = ofName(name, facts.prereleasePackages) ?? facts.prerelease;
  const found = [...(rule === 'allow' ? [] : [await prerelease(name, facts)]), ...(await unusable(name, above, facts))];
  return found.filter((each) => each.by === 'unknown' || compare(each.version, above) > 0);
};

const prerelease = async (name: string, facts: CellFacts): Promise<Hidden> => {
  const newest = await newestOf(name, { ...facts, prerelease: 'allow', prereleasePackages: {} });
  return 'unknown' in newest
    ? { by: 'unknown', reason: newest.unknown }
    : { by: 'prerelease', version: newest.version };
};

/** Nothing of a member whose wheel comes first of all indexes. */
const unusable = async (name: string, above: string, facts: CellFacts): Promise<readonly Hidden[]> => {
  if ((facts.wheels ?? []).some((wheel) => wheelName(wheel) === name)) return [];
  const read = await readProject(name, facts, { environment: process.env });
  if (typeof read === 'string') return [{ by: 'unknown', reason: read }];
  const listed = read.map(filesOn);
  if (listed.includes(undefined)) return [{ by: 'unknown', reason: noJson }];
  const releases = releasesOn(
    name,
    listed.flatMap((each = []) => each),
    facts,
  );
  return passedOver(name, releases, above, facts, await newerPatch(facts));
};
