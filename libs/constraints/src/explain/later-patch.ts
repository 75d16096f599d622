/** A package may need a later patch release than X.Y.0, which a cell is resolved for unless ci-cache.json says more. */
import { compare } from '@renovatebot/pep440';
import type { CellFacts } from '@nx-ci-cache/records';
import { compileCell, type CompileAnswer } from '../resolver/compile';
import { newestPatch } from '../resolver/newest-patch';

/** The newest patch release where that alone gives a solution; tried only if the explanation speaks of one. */
export const laterPatch = async (
  facts: CellFacts,
  { exitCode, stderr }: CompileAnswer,
  signal?: AbortSignal,
): Promise<string | undefined> => {
  if (exitCode !== 1 || !stderr.includes(`>=${facts.python}.`)) return undefined;
  const patch = await newerPatch(facts);
  if (patch === undefined) return undefined;
  const again = await compileCell({ ...facts, patch }, signal ? { signal } : {});
  return again.exitCode === 0 ? patch : undefined;
};

/** Undefined where the cell is resolved for the newest already. */
export const newerPatch = async ({ python, patch = python }: CellFacts): Promise<string | undefined> => {
  const newest = await newestPatch(python);
  return newest !== undefined && compare(newest, patch) > 0 ? newest : undefined;
};
