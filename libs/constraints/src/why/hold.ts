/** What holds a package back from a newer version, found by resolving once more with the newest demanded. */
import { compare } from '@renovatebot/pep440';
import type { CellFacts, Hold } from '@nx-ci-cache/records';
import { comparePins } from '../compare/compare';
import { compileCell } from '../resolver/compile';
import { readable } from '../explain/unsolved';
import { normaliseName } from '../file/pins';
import { pinsOf, readLines } from '../file/lines';
import { distributionName } from '../requirements/project';
import type { Annotated, Requirers } from '../resolver/annotated';
import { boundsOn, pathsNaming } from '../requirements/bounds';
import { question } from './newest';
import { compileWithoutWaysOut } from '../prereleases/without-ways-out';

/** @param annotated the cell as it resolves without the question. */
export const holdOf = async (
  name: string,
  newest: string,
  { pins, requirers }: Annotated,
  facts: CellFacts,
): Promise<Hold> => {
  if (isReached(newest, pins.get(name))) return { by: 'nothing' };
  // A bound may not have a local part, and any version with it is at least the one without.
  const asked = { path: question, text: `${name}>=${newest.replace(/\+.*$/, '')}\n` };
  const lifted = { ...facts, requirements: [...facts.requirements, asked] };
  const { exitCode, stderr, output } = await compileWithoutWaysOut(lifted, pins);
  if (exitCode === 1) {
    const explanation = askedByUs(readable(stderr, lifted), facts);
    return { by: 'requirements', explanation, ...boundsOn(name, facts) };
  }
  if (exitCode !== 0) return { by: 'unknown', reason: readable(stderr, lifted) };
  const after = pinsOf(readLines(output));
  if (!isReached(newest, after.get(name))) return overriding(name, newest, after.get(name), facts);
  if (await isKept(name, newest, facts)) return { by: 'kept' };
  const lowest = lowestRule(name, requirers, facts);
  if (lowest !== undefined) return { by: 'resolution', resolution: lowest };
  return { by: 'choice', changes: comparePins('', pins, after).changes };
};

/** The resolver lays everything it is asked to the project of a pyproject.toml, what we demand here too. */
const askedByUs = (explanation: string, { requirements }: CellFacts): string =>
  requirements.reduce((text, { text: toml }) => {
    const project = distributionName(toml);
    return project === undefined ? text : text.replaceAll(dependsOn(project), 'you require ');
  }, explanation);

const dependsOn = (project: string): RegExp =>
  new RegExp(`(?<![\\w.-])${normaliseName(project)}(?:\\[[^\\]]*\\])?(?:==\\S+)? depends on `, 'g');

const isReached = (newest: string, version: string | undefined): boolean =>
  version !== undefined && compare(version, newest) >= 0;

/** A solution is an answer only when it holds what was demanded: an override replaces the demand too. */
const overriding = (name: string, newest: string, version: string | undefined, { overrides }: CellFacts): Hold => {
  const files = pathsNaming(name, overrides);
  if (files.length > 0) return { by: 'override', files };
  return { by: 'unknown', reason: `the resolver took ${version ?? 'none'} though ${newest} was demanded` };
};

/** Whether letting its own published pin go is enough. */
const isKept = async (name: string, newest: string, facts: CellFacts): Promise<boolean> => {
  const kept = readLines(facts.keep ?? '');
  const others = kept.filter((line) => line.name !== name);
  if (others.length === kept.length) return false;
  const { output } = await compileCell({ ...facts, keep: others.map(({ text }) => `${text}\n`).join('') });
  return isReached(newest, pinsOf(readLines(output)).get(name));
};

/** The mode's rule by which this package is taken as low as its bounds allow. */
const lowestRule = (name: string, requirers: Requirers, { resolution }: CellFacts): string | undefined => {
  const isDirect = requirers.get(name)?.some((requirer) => 'input' in requirer) === true;
  return resolution === 'lowest' || (resolution === 'lowest-direct' && isDirect) ? resolution : undefined;
};
