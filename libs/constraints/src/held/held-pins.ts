/** The direct requirements that are not pinned to their newest stable release, each with its cause. */
import { compare } from '@renovatebot/pep440';
import { mapConcurrently } from '@nx-ci-cache/process';
import type { CellFacts, HeldPin } from '@nx-ci-cache/records';
import { connected, type PageReader } from '../indexes/page';
import { newestStable, readReleases } from '../indexes/releases';
import { wheelName } from '../inputs/wheel';
import { isOwn } from '../requirements/own-packages';
import type { Annotated } from '../resolver/annotated';
import { boundsOn } from '../why/bounds';
import { heldCause } from './cause';

const pagesAtOnce = 8;
const resolutionsAtOnce = 2;

/** None of a mode that asks for the lowest; and none that is pinned exactly by the mode's own texts, which say so themselves. */
export const heldPins = async (
  facts: CellFacts,
  { pins, requirers }: Annotated,
  reader: PageReader,
): Promise<readonly HeldPin[]> => {
  if (facts.resolution !== undefined || facts.keyring === true) return [];
  const names = [...requirers].flatMap(([name, by]) => (by.some((each) => 'input' in each) ? [name] : []));
  const own = [...(facts.ownPackages ?? []), ...(facts.wheels ?? []).map(wheelName)];
  const open = names.filter((name) => !isOwn(name, own) && !isExact(name, facts));
  const pages = connected(reader);
  const read = await mapConcurrently(open, pagesAtOnce, async (name) => {
    const newest = newestStable(await readReleases(name, facts, pages));
    const version = pins.get(name);
    const isHeld = newest !== undefined && version !== undefined && compare(newest.version, version) > 0;
    return isHeld ? [{ name, version, newest }] : [];
  });
  const found = await mapConcurrently(read.flat(), resolutionsAtOnce, async ({ name, version, newest }) => ({
    ...{ name, version, newest: newest.version },
    cause: await heldCause(name, newest, facts),
  }));
  return found.sort(({ name: left }, { name: right }) => (left < right ? -1 : 1));
};

const isExact = (name: string, facts: CellFacts): boolean =>
  boundsOn(name, facts).requirements.some(({ bound }) => /={2,3}\s*[^*]+$/.test(bound));
