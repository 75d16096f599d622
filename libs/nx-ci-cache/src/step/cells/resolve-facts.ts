/** From a cell's facts to its constraints, whatever kind of mode it is of; the same facts always give the same bytes. */
import { freezeCell, lockedCell, resolveCell, type Resolution } from '@nx-ci-cache/constraints';
import type { CellFacts } from '@nx-ci-cache/records';
import type { StepContext } from '../context/context';
import { readFreeze } from '../facts/frozen';
import { explained } from './explained';

/** Each resolution is one process that computes. */
export const resolutionsAtOnce = 2;

/** @throws CiCacheError `ResolveFailed` when there is no solution, or the image holds what no pin can name. */
export const resolveFacts = async (facts: CellFacts, context: StepContext): Promise<Resolution> => {
  if (facts.image !== undefined) return freezeCell(facts, await readFreeze(facts, context));
  if (facts.locked !== undefined) return lockedCell(facts, facts.locked);
  return explained(facts, context, () => resolveCell(facts));
};
