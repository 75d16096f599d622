/** Finds the pins of one cell, or why there are none: a pure function of its facts. */
import { CiCacheError } from '@nx-ci-cache/process';
import type { CellFacts } from '@nx-ci-cache/records';
import { askBeforeUnsolved } from '../explain/unproven';
import { firstSolving, laterDays } from '../explain/later-day';
import { laterPatch } from '../explain/later-patch';
import { refuseMissingExtras } from '../explain/missing-extras';
import { refuseUndated, undatedFiles } from '../explain/undated';
import { unsolved, type Cause } from '../explain/unsolved';
import { withoutWheels } from '../explain/without-wheels';
import { parsePins, type Pins } from '../file/pins';
import { renderConstraints } from '../file/render';
import { movedIndexes } from '../indexes/facts';
import { isOwn } from '../requirements/own-packages';
import { annotate, withoutAnnotations } from '../resolver/annotated';
import { compileCell, type CompileAnswer } from '../resolver/compile';
import { refuseUnbound } from './unbound';

export interface Solution {
  /** The whole constraint file. */
  readonly text: string;
  readonly pins: Pins;
  /** Everything the cell resolved to, own packages too. */
  readonly found: Pins;
  readonly leftOut: readonly string[];
  /** The resolver's annotated output, and its words. */
  readonly answer: CompileAnswer;
}

/** @throws CiCacheError `ResolveFailed` with the resolver's own explanation when there is no solution, or for a missing extra. */
export const solveCell = async (facts: CellFacts, signal?: AbortSignal): Promise<Solution> => {
  const answer = await compileCell(facts, { args: annotate, ...(signal ? { signal } : {}) });
  refuseUndated(facts, undatedFiles(answer.stderr));
  if (answer.exitCode !== 0) {
    await askBeforeUnsolved(facts, { environment: process.env });
    throw unsolved(facts, answer, await causeOf(facts, answer, signal));
  }
  await refuseMissingExtras(facts, answer.stderr, signal);
  await refuseMovedIndexes(facts);
  const found = parsePins(withoutAnnotations(answer.output), `${facts.mode} for Python ${facts.python}`);
  refuseUnbound(facts, found);
  const isLeftOut = (name: string) => isOwn(name, facts.ownPackages ?? []);
  const pins: Pins = new Map([...found].filter(([name]) => !isLeftOut(name)));
  const leftOut = [...found].flatMap(([name, version]) => (isLeftOut(name) ? [`${name}==${version}`] : [])).sort();
  return { text: renderConstraints(facts, pins), pins, found, leftOut, answer };
};

/** Where a wheel or a patch release is missing, no later day is tried: each try would search all of them in vain. */
const causeOf = async (facts: CellFacts, answer: CompileAnswer, signal?: AbortSignal): Promise<Cause> => {
  const patch = await laterPatch(facts, answer, signal);
  if (patch !== undefined) return patch;
  const wheels = await withoutWheels(facts, answer, signal);
  return wheels === undefined ? { later: await laterCutoff(facts, answer.exitCode, signal) } : { wheels };
};

/** Only a failure is asked about, so nothing of the clock enters a result; a try that fails otherwise must not hide why. */
const laterCutoff = async (facts: CellFacts, exitCode: number, signal?: AbortSignal): Promise<string | undefined> => {
  if (exitCode !== 1) return undefined;
  const solves = async (cutoff: string): Promise<boolean> =>
    (await compileCell({ ...facts, cutoff }, signal ? { signal } : {})).exitCode === 0;
  return firstSolving(laterDays(facts.cutoff, new Date()), solves).catch(() => undefined);
};

const refuseMovedIndexes = async (facts: CellFacts): Promise<void> => {
  const moved = await movedIndexes(facts, { environment: process.env });
  if (moved.length === 0) return;
  throw new CiCacheError('ResolveFailed', `the index ${moved.join(', ')} changed while the cell was resolved`, {
    remedy: 'Run it again: without upload times an index must stand still from snapshot to the last cell.',
    data: { indexes: moved },
  });
};
