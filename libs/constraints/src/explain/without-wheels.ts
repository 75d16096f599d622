/** Packages without a usable wheel stop a cell that builds nothing; the resolver names one at a time, people want them all. */
import type { CellFacts } from '@nx-ci-cache/records';
import { mapConcurrently } from '@nx-ci-cache/process';
import { normaliseName } from '../file/pins';
import { newestStable, readReleases } from '../indexes/releases';
import { compileCell, type CompileAnswer } from '../resolver/compile';
import { keptPages } from '../resolver/kept-pages';
import { phrases } from '../resolver/phrases';

export interface WithoutWheels {
  /** Normalised, sorted; what these require in turn is known only once they are built. */
  readonly names: readonly string[];
  /** Those among them that no sdist could give either, each with the Linux its wheels need, if that is all. */
  readonly unbuildable: ReadonlyMap<string, string | undefined>;
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
  const without = (excluded: Iterable<string>) =>
    compileCell({ ...facts, excludes: [...(facts.excludes ?? []), ...excluded] }, signal ? { signal } : {});
  let last = answer;
  const further = () => namedWithoutWheels(last).filter((name) => !names.has(name));
  for (let found = further(); found.length > 0; found = further()) {
    for (const name of await blocking(found, facts)) names.add(name);
    last = await without(names);
  }
  if (names.size === 0) return undefined;
  // One that has wheels of other releases may do with these, once the others are out of the way.
  for (const name of last.exitCode === 0 ? await withSomeWheel([...names], facts) : []) {
    const others = [...names].filter((each) => each !== name);
    if (others.length > 0 && (await without(others)).exitCode === 0) names.delete(name);
  }
  const sorted = [...names].sort();
  return {
    names: sorted,
    unbuildable: await unbuildableOf(sorted, facts),
    ...(last.exitCode === 0 ? {} : { rest: last }),
  };
};

/**
 * The resolver names every package of which it met a release without wheel, at last those that only require the culprit:
 * where some have no usable wheel at all, these alone are left out, and the others are tried again without them.
 */
export const blocking = async (found: readonly string[], facts: CellFacts): Promise<readonly string[]> => {
  const some = await withSomeWheel(found, facts);
  return some.length < found.length ? found.filter((name) => !some.includes(name)) : found;
};

/** Those that have a release with a usable wheel. */
const withSomeWheel = async (names: readonly string[], facts: CellFacts): Promise<readonly string[]> => {
  const reader = await keptPages(facts);
  const some = await mapConcurrently(names, atOnce, async (name) =>
    (await readReleases(name, facts, reader)).some(({ wheel }) => wheel),
  );
  return names.filter((_name, at) => some[at]);
};

const unbuildableOf = async (names: readonly string[], facts: CellFacts): Promise<WithoutWheels['unbuildable']> => {
  const reader = await keptPages(facts);
  const found = await mapConcurrently(names, atOnce, async (name): Promise<[string, string | undefined][]> => {
    const releases = (await readReleases(name, facts, reader)).filter(({ admitted }) => admitted);
    if (releases.length === 0 || releases.some(({ sdist }) => sdist)) return [];
    const { glibc } = newestStable(releases) ?? {};
    return [[name, glibc === undefined ? undefined : `manylinux_2_${glibc}`]];
  });
  return new Map(found.flat());
};

const atOnce = 8;

/** Names of packages of which it says that a wheel is missing. */
export const namedWithoutWheels = ({ exitCode, stderr }: CompileAnswer): string[] =>
  exitCode === 1
    ? [phrases.noWheel, phrases.otherWheels].flatMap(({ pattern }) =>
        [...stderr.matchAll(pattern)].map(([, name = '']) => normaliseName(name)),
      )
    : [];
