/** Resolves one cell, and says what there is to say of it: both are pure functions of its facts. */
import { heldText, isAvoidable, type CellFacts } from '@nx-ci-cache/records';
import { askInstead } from '../explain/unproven';
import type { Resolution } from '../file/resolution';
import { heldPins } from '../held/held-pins';
import { platformDifferences } from '../platforms/differences';
import { missingText, missingWheels } from '../platforms/missing-wheels';
import { readAnnotated } from '../resolver/annotated';
import { keptPages } from '../resolver/kept-pages';
import { solveCell } from './solve';
import { warningsOf } from './warnings';

/** @throws CiCacheError `ResolveFailed` as `solveCell` does. */
export const resolveCell = async (facts: CellFacts, signal?: AbortSignal): Promise<Resolution> => {
  const { text, pins, found, leftOut, answer } = await solveCell(facts, signal);
  const held = await heldPins(facts, readAnnotated(answer.output, facts));
  const warnings = [
    ...(await askInstead(facts, found, { environment: process.env }, signal)),
    ...warningsOf(facts, answer.stderr, [...found.keys()]),
    ...(await missingWheels(pins, facts, await keptPages(facts))).map(missingText),
    ...(await platformDifferences(facts, found, signal)),
    ...held.filter(isAvoidable).map(heldText),
  ].sort();
  return {
    ...{ text, pins: pins.size, leftOut },
    ...(warnings.length > 0 && { warnings }),
    ...(held.length > 0 && { held }),
  };
};
