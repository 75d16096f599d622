/** A fair part of a table too long for every run: a seed draws it, and `tools/bench whole` takes all of it. */
import { seeded } from './random';

export interface Chance {
  readonly seed: string;
  readonly isWhole: boolean;
}

/** `tools/test` lets the seed move with the day and prints it; given again, it draws the same. */
export const chanceIn = (environment: NodeJS.ProcessEnv): Chance => ({
  seed: environment['FAULTS_SEED'] ?? 'ci',
  isWhole: environment['SAMPLE'] === 'whole',
});

const ofThisRun = chanceIn(process.env);
export const { seed } = ofThisRun;

/** `count` of the rows, in the order they stand in. */
export const drawn = <Row>(rows: readonly Row[], count: number, chance: Chance = ofThisRun): readonly Row[] => {
  if (chance.isWhole) return rows;
  const taken = new Set(shuffled([...rows.keys()], chance).slice(0, count));
  return rows.filter((_row, at) => taken.has(at));
};

/** So many pairs that each row and each column is in at least one, which the seed chooses; the whole is every pair. */
export const paired = <Row, Column>(
  rows: readonly Row[],
  columns: readonly Column[],
  chance: Chance = ofThisRun,
): readonly (readonly [Row, Column])[] => {
  if (chance.isWhole) return rows.flatMap((row) => columns.map((column) => [row, column] as const));
  const mixed = shuffled(columns, chance);
  return Array.from({ length: Math.max(rows.length, columns.length) }, (_, at) => [
    rows[at % rows.length] as Row,
    mixed[at % mixed.length] as Column,
  ]);
};

const shuffled = <Value>(values: readonly Value[], { seed }: Chance): readonly Value[] => {
  const { between } = seeded(seed);
  const rest = [...values];
  return values.flatMap(() => rest.splice(between(0, rest.length - 1), 1));
};
