/** A package may need a later patch release than X.Y.0, which a cell is resolved for unless ci-cache.json says more. */
import { compare } from '@renovatebot/pep440';
import type { CellFacts } from '@nx-ci-cache/records';
import { compileCell, type CompileAnswer } from '../resolver/compile';
import { withoutWheels, type WithoutWheels } from './without-wheels';
import { newestPatch } from '../resolver/newest-patch';

export interface LaterPatch {
  readonly patch: string;
  /** What has to be built besides. */
  readonly wheels?: WithoutWheels;
}

/** The newest patch release where that gives a solution, be it with builds; tried only if the explanation speaks of one. */
export const laterPatch = async (
  facts: CellFacts,
  { exitCode, stderr }: CompileAnswer,
  signal?: AbortSignal,
): Promise<LaterPatch | undefined> => {
  if (exitCode !== 1 || !stderr.includes(`>=${facts.python}.`)) return undefined;
  const patch = await newerPatch(facts);
  if (patch === undefined) return undefined;
  const patched = { ...facts, patch };
  const again = await compileCell(patched, signal ? { signal } : {});
  if (again.exitCode === 0) return { patch };
  const wheels = await withoutWheels(patched, again, signal);
  return wheels === undefined || wheels.rest !== undefined ? undefined : { patch, wheels };
};

/** Undefined where the cell is resolved for the newest already. */
export const newerPatch = async ({ python, patch = python }: CellFacts): Promise<string | undefined> => {
  const newest = await newestPatch(python);
  return newest !== undefined && compare(newest, patch) > 0 ? newest : undefined;
};
