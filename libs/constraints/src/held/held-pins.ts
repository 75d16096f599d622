/** Direct requirements that are not pinned to their newest stable release, and others that are old for want of a wheel: each with its cause. */
import { compare } from '@renovatebot/pep440';
import { mapConcurrently } from '@nx-ci-cache/process';
import type { CellFacts, HeldPin } from '@nx-ci-cache/records';
import { newestStable } from '../indexes/releases';
import { wheelName } from '../requirements/wheel';
import { isOwn } from '../requirements/own-packages';
import type { Annotated } from '../resolver/annotated';
import { keptPages } from '../resolver/kept-pages';
import { boundsOn } from '../requirements/bounds';
import { heldCause } from './cause';
import { knownOf } from './known';
import { heldByObstacles } from './lifted';

const pagesAtOnce = 16;
const resolutionsAtOnce = 2;

/** None of a mode that asks for the lowest; and none that is pinned exactly by the mode's own texts, which say so themselves. */
export const heldPins = async (facts: CellFacts, annotated: Annotated): Promise<readonly HeldPin[]> => {
  const { pins, requirers } = annotated;
  if (facts.resolution !== undefined || facts.keyring === true) return [];
  const names = [...requirers].flatMap(([name, by]) => (by.some((each) => 'input' in each) ? [name] : []));
  const own = [...(facts.ownPackages ?? []), ...(facts.wheels ?? []).map(wheelName)];
  const known = knownOf(facts, await keptPages(facts));
  const read = await mapConcurrently(fromAnywhere([...pins]), pagesAtOnce, async ([name, version]) => {
    const newest = isOwn(name, own) || isExact(name, facts) ? undefined : newestStable(await known.releases(name));
    return newest !== undefined && compare(newest.version, version) > 0 ? [{ name, version, newest }] : [];
  });
  const behind = read.flat();
  const direct = behind.filter(({ name }) => names.includes(name));
  const found = await mapConcurrently(direct, resolutionsAtOnce, async ({ name, version, newest }) => ({
    ...{ name, version, newest: newest.version },
    cause: await heldCause(name, newest, pins, facts),
  }));
  const others = behind.filter(({ name }) => !names.includes(name));
  const further = await heldByObstacles(others, annotated, facts, known);
  return [...found, ...further].sort(({ name: left }, { name: right }) => (left < right ? -1 : 1));
};

/** Cells of one run begin together: each elsewhere, so that what one has read the others find. */
const fromAnywhere = <Value>(values: readonly Value[]): readonly Value[] => {
  const start = Math.floor(Math.random() * values.length);
  return [...values.slice(start), ...values.slice(0, start)];
};

const isExact = (name: string, facts: CellFacts): boolean =>
  boundsOn(name, facts).requirements.some(({ bound }) => /={2,3}\s*[^*]+$/.test(bound));
