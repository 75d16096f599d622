/** From a cell's facts to its constraints, whatever kind of mode it is of; the same facts always give the same bytes. */
import { freezeCell, lockedCell, lockedPins, resolveCell, solveCell, type Resolution } from '@nx-ci-cache/constraints';
import type { CellFacts, LockedFact } from '@nx-ci-cache/records';
import type { StepContext } from '../context/context';
import { readFreeze } from '../facts/frozen';
import { explained } from './explained';

/** Each resolution is one process that computes. */
export const resolutionsAtOnce = 2;

/** @throws CiCacheError `ResolveFailed` when there is no solution, or the image holds what no pin can name. */
export const resolveFacts = (facts: CellFacts, context: StepContext): Promise<Resolution> =>
  factsBy({ locked: lockedCell, solved: resolveCell }, facts, context);

/** The constraints alone, without a look at what holds them back. */
export const textOfFacts = async (facts: CellFacts, context: StepContext): Promise<string> =>
  (await factsBy({ locked: lockedPins, solved: solveCell }, facts, context)).text;

interface Ways<Answer> {
  readonly locked: (facts: CellFacts, locked: LockedFact) => Answer | Promise<Answer>;
  readonly solved: (facts: CellFacts) => Promise<Answer>;
}

const factsBy = async <Answer extends Pick<Resolution, 'text'>>(
  { locked, solved }: Ways<Answer>,
  facts: CellFacts,
  context: StepContext,
): Promise<Answer | Resolution> => {
  if (facts.image !== undefined) return freezeCell(facts, await readFreeze(facts, context));
  if (facts.locked !== undefined) return locked(facts, facts.locked);
  return explained(facts, context, () => solved(facts));
};
