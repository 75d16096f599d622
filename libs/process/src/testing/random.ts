/** Seeded chance: the same seed and name give the same faults, so that a failure can be had again. */
import { createHash } from 'node:crypto';

export interface Random {
  /** A whole number from `low` to `high`, both included. */
  readonly between: (low: number, high: number) => number;
  /** One of `values`, of which there is at least one. */
  readonly pick: <Value>(values: readonly Value[]) => Value;
}

export const seeded = (seed: string): Random => {
  let drawn = 0;
  const next = (): number => {
    drawn += 1;
    return createHash('sha256').update(`${seed}/${drawn}`).digest().readUInt32BE() / 2 ** 32;
  };
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return { between, pick: (values) => values[between(0, values.length - 1)] as (typeof values)[number] };
};
