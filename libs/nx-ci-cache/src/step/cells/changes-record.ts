/** All checked cells as one record: what changed, what is refused, and what only the configuration lets pass. */
import { describeChanges, disagreementsOf, lookUpReleases, matrixOf, questionsOf } from '@nx-ci-cache/constraints';
import { changesBranch, type ChangesRecord } from '@nx-ci-cache/records';
import type { CheckedCell } from './check-cell';
import type { StepContext } from '../context/context';

export const changesRecord = async (
  known: Pick<ChangesRecord, 'run' | 'inputs'>,
  cells: readonly CheckedCell[],
  { environment }: StepContext,
): Promise<ChangesRecord> => {
  const compared = cells.map(({ changes }) => changes);
  // The indexes are the project's, so any cell's facts name them; but a cell that freezes an image is made from none.
  const resolved = cells.find(({ facts }) => facts.image === undefined);
  const releases = resolved
    ? await lookUpReleases(questionsOf(compared), { facts: resolved.facts, reader: { environment } })
    : new Map<string, never>();
  const refusals = cells.flatMap(({ judgement }) => judgement.refusals);
  return {
    ...known,
    result: resultOf(cells),
    files: cells.map(({ changes, requirers }) => describeChanges(changes, requirers, releases)),
    digests: Object.fromEntries(cells.map(({ changes, digest }) => [changes.file, digest])),
    matrix: matrixOf(cells),
    disagreements: disagreementsOf(cells),
    limits: limitsOf(cells),
    held: heldOf(cells),
    refusals,
    overrides: cells.flatMap(({ judgement }) => judgement.overrides),
  };
};

const resultOf = (cells: readonly CheckedCell[]): 'refused' | 'changed' | 'unchanged' => {
  if (cells.some(({ judgement }) => judgement.refusals.length > 0)) return 'refused';
  return cells.some(({ changes }) => changesBranch(changes)) ? 'changed' : 'unchanged';
};

const heldOf = (cells: readonly CheckedCell[]): NonNullable<ChangesRecord['held']> =>
  Object.fromEntries(cells.flatMap(({ changes, held }) => (held.length > 0 ? [[changes.file, held]] : [])));

/** Each mode's once: its Pythons share them. */
const limitsOf = (cells: readonly CheckedCell[]): NonNullable<ChangesRecord['limits']> => {
  const modes = new Map(cells.map(({ cell, facts }) => [cell.mode, facts.limits ?? []]));
  return [...modes].flatMap(([mode, limits]) => limits.map(({ bound, reason }) => ({ mode, bound, reason })));
};
