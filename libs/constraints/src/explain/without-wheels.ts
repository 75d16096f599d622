/** Packages without a usable wheel stop a cell that builds nothing; the resolver names one at a time, people want them all. */
import type { CellFacts } from '@nx-ci-cache/records';
import { normaliseName } from '../file/pins';
import { compileCell, type CompileAnswer } from '../resolver/compile';
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
  for (let found = namedIn(last); found.some((name) => !names.has(name)); found = namedIn(last)) {
    for (const name of found) names.add(name);
    const excludes = [...(facts.excludes ?? []), ...names];
    last = await compileCell({ ...facts, excludes }, signal ? { signal } : {});
  }
  if (names.size === 0) return undefined;
  return { names: [...names].sort(), ...(last.exitCode === 0 ? {} : { rest: last }) };
};

const namedIn = ({ exitCode, stderr }: CompileAnswer): string[] =>
  exitCode === 1 ? [...stderr.matchAll(phrases.noWheel.pattern)].map(([, name = '']) => normaliseName(name)) : [];
