/** Resolves one cell: a pure function of its facts. */
import { CiCacheError } from '@nx-ci-cache/process';
import { heldText, isAvoidable, type CellFacts, type HeldPin } from '@nx-ci-cache/records';
import { compileCell, type CompileAnswer } from '../resolver/compile';
import { laterPatch } from '../explain/later-patch';
import { firstSolving, laterDays } from '../explain/later-day';
import { refuseUndated, undatedFiles } from '../explain/undated';
import { askBeforeUnsolved, askInstead } from '../explain/unproven';
import { unsolved, type Cause } from '../explain/unsolved';
import { withoutWheels } from '../explain/without-wheels';
import { heldPins } from '../held/held-pins';
import { missingText, missingWheels } from '../platforms/missing-wheels';
import { platformDifferences } from '../platforms/differences';
import { annotate, readAnnotated, withoutAnnotations } from '../resolver/annotated';
import { keptPages } from '../resolver/kept-pages';
import { movedIndexes } from '../indexes/facts';
import { refuseMissingExtras } from '../explain/missing-extras';
import { parsePins, type Pins } from '../file/pins';
import { renderConstraints } from '../file/render';
import { isOwn } from '../requirements/own-packages';
import { refuseUnbound } from './unbound';
import { warningsOf } from './warnings';

export interface Resolution {
  /** The whole constraint file. */
  readonly text: string;
  readonly pins: number;
  /** What was found and is not in the file, sorted: own packages, and what has no release. */
  readonly leftOut: readonly string[];
  /** What is odd about it all the same, sorted; absent when nothing is. The resolver quotes index and packages here. */
  readonly warnings?: readonly string[];
  /** Pins held below their newest stable release, by name. */
  readonly held?: readonly HeldPin[];
}

/** @throws CiCacheError `ResolveFailed` with the resolver's own explanation when there is no solution, or for a missing extra. */
export const resolveCell = async (facts: CellFacts, signal?: AbortSignal): Promise<Resolution> => {
  const answer = await compileCell(facts, { args: annotate, ...(signal ? { signal } : {}) });
  const reader = { environment: process.env };
  refuseUndated(facts, undatedFiles(answer.stderr));
  if (answer.exitCode !== 0) {
    await askBeforeUnsolved(facts, reader);
    throw unsolved(facts, answer, await causeOf(facts, answer, signal));
  }
  await refuseMissingExtras(facts, answer.stderr, signal);
  await refuseMovedIndexes(facts);
  const found = [...parsePins(withoutAnnotations(answer.output), `${facts.mode} for Python ${facts.python}`)];
  refuseUnbound(facts, new Map(found));
  const own = found.filter(([name]) => isOwn(name, facts.ownPackages ?? []));
  const pins: Pins = new Map(found.filter((pin) => !own.includes(pin)));
  const leftOut = own.map(([name, version]) => `${name}==${version}`).sort();
  const names = found.map(([name]) => name);
  const held = await heldPins(facts, readAnnotated(answer.output, facts));
  const warnings = [
    ...(await askInstead(facts, new Map(found), reader, signal)),
    ...warningsOf(facts, answer.stderr, names),
    ...(await missingWheels(pins, facts, await keptPages(facts))).map(missingText),
    ...(await platformDifferences(facts, new Map(found), signal)),
    ...held.filter(isAvoidable).map(heldText),
  ].sort();
  return {
    text: renderConstraints(facts, pins),
    pins: pins.size,
    leftOut,
    ...(warnings.length > 0 && { warnings }),
    ...(held.length > 0 && { held }),
  };
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
