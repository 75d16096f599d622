/** Bars in lanes: what ran at the same time in one lane lies in rows of it. */
import type { Bar } from '@nx-ci-cache/report/src/page/timeline';

export interface Lane {
  readonly name: string;
  readonly rows: readonly (readonly Bar[])[];
}

export const lanesOf = (bars: readonly Bar[]): readonly Lane[] =>
  [...new Set(bars.map(({ lane }) => lane))].map((name) => ({
    name,
    rows: rowsOf(bars.filter(({ lane }) => lane === name)),
  }));

const rowsOf = (bars: readonly Bar[]): readonly (readonly Bar[])[] => {
  const rows: Bar[][] = [];
  for (const bar of [...bars].sort((a, b) => a.start - b.start)) {
    const free = rows.find((row) => (row.at(-1)?.start ?? 0) + (row.at(-1)?.seconds ?? 0) <= bar.start);
    if (free === undefined) rows.push([bar]);
    else free.push(bar);
  }
  return rows;
};
