/** What holds a direct requirement back: told by the index where it can be, else by resolving once more with the newest demanded. */
import { satisfies } from '@renovatebot/pep440';
import type { CellFacts, HeldCause } from '@nx-ci-cache/records';
import { newerPatch } from '../explain/later-patch';
import { blocking, namedWithoutWheels } from '../explain/without-wheels';
import { normaliseName, type Pins } from '../file/pins';
import { pinsOf, readLines } from '../file/lines';
import { newestStable, readReleases, type SeenRelease } from '../indexes/releases';
import { mayBuild } from '../requirements/sdists';
import { isAdmitted } from '../requirements/requires-python';
import { keptPages } from '../resolver/kept-pages';
import { boundsOn, pathsNaming } from '../requirements/bounds';
import { compileWithoutWaysOut } from '../prereleases/without-ways-out';

/** @param pins what the cell resolves to. */
export const heldCause = async (
  name: string,
  newest: SeenRelease,
  pins: Pins,
  facts: CellFacts,
): Promise<HeldCause> => {
  const { version, requiresPython = '' } = newest;
  const own = ownBounds(name, version, facts);
  if (own.length > 0) return { by: 'bound', of: own };
  if (!newest.admitted) {
    const patch = await newerPatch(facts);
    return patch !== undefined && isAdmitted(patch, requiresPython)
      ? { by: 'patch', requires: requiresPython, patch }
      : { by: 'python', requires: requiresPython };
  }
  if (!newest.wheel && !mayBuild(name, facts.allowSdist)) {
    return newest.glibc === undefined
      ? { by: 'wheel', packages: [name] }
      : { by: 'platform', package: name, needs: `manylinux_2_${newest.glibc}` };
  }
  if (pinsOf(readLines(facts.keep ?? '')).has(name)) return { by: 'kept' };
  return asked(name, version, pins, facts);
};

/** Texts of the mode that name the package and do not admit the version; those of overrides and constraints by their file. */
const ownBounds = (name: string, version: string, facts: CellFacts): string[] => {
  const { requirements, limits, constraints } = boundsOn(name, facts);
  const excludes = (bound: string) => !satisfies(version, bound.replace(/^[^<>=!~]*/, '').replace(/\)$/, ''));
  return [
    ...requirements.flatMap(({ path, bound }) => (excludes(bound) ? [`"${bound}" in ${path}`] : [])),
    ...limits.flatMap(({ bound }) => (excludes(bound) ? [`"${bound}" in "limits"`] : [])),
    ...constraints,
    ...pathsNaming(name, facts.overrides),
  ];
};

/** Exactly this one: a newer pre-release would be an answer to another question. */
const asked = async (name: string, version: string, pins: Pins, facts: CellFacts): Promise<HeldCause> => {
  const demand = { path: 'the newest', text: `${name}==${version}\n` };
  const answer = await compileWithoutWaysOut({ ...facts, requirements: [...facts.requirements, demand] }, pins);
  if (answer.exitCode === 0) return { by: 'choice' };
  const of = boundedBy(answer.stderr, name, version);
  if (of.length > 0) return { by: 'bound', of };
  const named = namedWithoutWheels(answer);
  return named.length === 0 ? { by: 'unknown' } : wheelless(await blocking(named, facts), facts);
};

/** One whose wheels are for a newer Linux says more than that it has none. */
const wheelless = async (packages: readonly string[], facts: CellFacts): Promise<HeldCause> => {
  const reader = await keptPages(facts);
  for (const name of packages) {
    const { wheel = true, glibc } = newestStable(await readReleases(name, facts, reader)) ?? {};
    if (!wheel && glibc !== undefined) return { by: 'platform', package: name, needs: `manylinux_2_${glibc}` };
  }
  return { by: 'wheel', packages };
};

/** Packages that depend on another version of it, in the resolver's words. */
const boundedBy = (stderr: string, name: string, version: string): string[] => {
  const found = [...stderr.matchAll(dependsOn)].flatMap(([, by = '', on = '', bound = '']) =>
    normaliseName(on) === name && !satisfies(version, bound) ? [by] : [],
  );
  return [...new Set(found)].sort();
};

const dependsOn =
  /(?<![\w.-])([a-z0-9][\w.-]*)(?:\[[^\]]*\])?(?:[<>=!~][^\s]*)? depends? on ([a-z0-9][\w.-]*)(?:\[[^\]]*\])?(?:\{[^}]*\})?([<>=!~][^\s]*?),?(?=\s|$)/g;
