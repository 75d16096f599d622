/** Packages without a usable wheel stop a cell that builds nothing; the resolver names one at a time, people want them all. */
import type { CellFacts } from '@nx-ci-cache/records';
import { mapConcurrently } from '@nx-ci-cache/process';
import { normaliseName } from '../file/pins';
import { readReleases } from '../indexes/releases';
import { compileCell, type CompileAnswer } from '../resolver/compile';
import { keptPages } from '../resolver/kept-pages';
import { phrases } from '../resolver/phrases';

export interface WithoutWheels {
  /** Normalised, sorted; what these require in turn is known only once they are built. */
  readonly names: readonly string[];
  /** Why there is no solution without them either; absent when there is one. */
  readonly rest?: CompileAnswer;
}

/**
 * Leaves out each package that the resolver names until it names none: nothing is built, and pages are kept by then.
 * Undefined when a failure has another cause.
 */
export const withoutWheels = async (
  facts: CellFacts,
  answer: CompileAnswer,
  signal?: AbortSignal,
): Promise<WithoutWheels | undefined> => {
  const names = new Set<string>();
  let last = answer;
  const further = () => namedWithoutWheels(last).filter((name) => !names.has(name));
  for (let found = further(); found.length > 0; found = further()) {
    for (const name of await blocking(found, facts)) names.add(name);
    const excludes = [...(facts.excludes ?? []), ...names];
    last = await compileCell({ ...facts, excludes }, signal ? { signal } : {});
  }
  if (names.size === 0) return undefined;
  return { names: [...names].sort(), ...(last.exitCode === 0 ? {} : { rest: last }) };
};

/**
 * The resolver names every package of which it met a release without wheel, at last those that only require the culprit:
 * where some have no usable wheel at all, these alone are left out, and the others are tried again without them.
 */
export const blocking = async (found: readonly string[], facts: CellFacts): Promise<readonly string[]> => {
  const reader = await keptPages(facts);
  const without = await mapConcurrently(found, atOnce, async (name) => {
    const releases = await readReleases(name, facts, reader);
    return releases.some(({ wheel }) => wheel) ? [] : [name];
  });
  return without.flat().length > 0 ? without.flat() : found;
};

const atOnce = 8;

/** Names of packages of which it says that a wheel is missing. */
export const namedWithoutWheels = ({ exitCode, stderr }: CompileAnswer): string[] =>
  exitCode === 1 ? [...stderr.matchAll(phrases.noWheel.pattern)].map(([, name = '']) => normaliseName(name)) : [];
