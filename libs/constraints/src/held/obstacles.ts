/** Releases that a cell would have were it not for a wheel, the Linux or the patch release: looked for where newer releases lead. */
import { satisfies } from '@renovatebot/pep440';
import { mapConcurrently } from '@nx-ci-cache/process';
import type { CellFacts, HeldCause } from '@nx-ci-cache/records';
import { newerPatch } from '../explain/later-patch';
import type { Metadata } from '../indexes/metadata';
import { newestStable, type SeenRelease } from '../indexes/releases';
import { isAdmitted } from '../requirements/requires-python';
import type { Annotated } from '../resolver/annotated';
import { extrasAsked } from './extras-asked';
import { nothing, type Known } from './known';

export interface Obstacle {
  readonly name: string;
  readonly cause: HeldCause;
  /** N of the glibc 2.N that it needs, where that is what is in the way. */
  readonly glibc?: number;
  /** Whether it would have to be built. */
  readonly isBuilt: boolean;
  /** For a release whose own is known only once it is built: that of its pin, else none. */
  readonly metadata: Metadata;
}

const atOnce = 16;
/** From a pin down: further than that few packages are new to a cell. */
const mostSteps = 3;

/** What a newer release requires, or the pin itself. */
interface Step {
  readonly name: string;
  readonly bounds: string;
  readonly extras: readonly string[];
}

/**
 * By name.
 * @param behind pins below their newest stable release.
 */
export const obstaclesOf = async (
  behind: readonly { readonly name: string }[],
  annotated: Annotated,
  facts: CellFacts,
  known: Known,
): Promise<ReadonlyMap<string, Obstacle>> => {
  const { pins } = annotated;
  const found = new Map<string, Obstacle>();
  const seen = new Set<string>();
  const patch = await newerPatch(facts);
  const look = async (step: Step, steps: number): Promise<void> => {
    const { name, extras } = step;
    const key = JSON.stringify(step);
    if (seen.has(key)) return;
    seen.add(key);
    const { newest, usable } = await fitting(step, known);
    if (newest === undefined) return;
    // A package that is no pin yet may come in any of its releases.
    if (newest !== usable && (pins.has(name) || usable === undefined)) {
      const pin = pins.get(name);
      const metadata = pin === undefined ? nothing : await known.metadata(name, pin);
      const obstacle = obstacleOf(name, newest, patch, metadata);
      if (obstacle !== undefined) found.set(name, obstacle);
    }
    // Where all may be built, nothing further down lacks a wheel.
    if (usable === undefined || steps === 0 || facts.allowSdist === 'all') return;
    const { requires } = await known.metadata(name, usable.version);
    const isOpen = ({ name: each, ofExtra }: Metadata['requires'][number]) =>
      !pins.has(each) && (ofExtra === undefined || extras.includes(ofExtra));
    await mapConcurrently(requires.filter(isOpen), atOnce, (each) => look(each, steps - 1));
  };
  await mapConcurrently(behind, atOnce, async ({ name }) =>
    look({ name, bounds: '', extras: await extrasAsked(name, annotated, facts, known) }, mostSteps),
  );
  return found;
};

const fitting = async ({ name, bounds }: Step, known: Known) => {
  const releases = (await known.releases(name)).filter(({ version }) => satisfies(version, bounds || '>=0'));
  return {
    newest: newestStable(releases),
    usable: newestStable(releases.filter((each) => known.isUsable(name, each))),
  };
};

/** Undefined for what nothing here could lift: another Python, or neither wheel nor sdist. */
const obstacleOf = (
  name: string,
  { admitted, requiresPython = '', glibc, sdist, wheel }: SeenRelease,
  patch: string | undefined,
  metadata: Metadata,
): Obstacle | undefined => {
  const obstacle = { name, isBuilt: false, metadata };
  if (!admitted) {
    if (patch === undefined || !isAdmitted(patch, requiresPython)) return undefined;
    return { ...obstacle, cause: { by: 'patch', requires: requiresPython, patch } };
  }
  if (wheel) return undefined;
  if (glibc !== undefined)
    return { ...obstacle, glibc, cause: { by: 'platform', package: name, needs: `manylinux_2_${glibc}` } };
  return sdist ? { ...obstacle, isBuilt: true, cause: { by: 'wheel', packages: [name] } } : undefined;
};
