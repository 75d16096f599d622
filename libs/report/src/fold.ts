/** Parts of a step that say the same are one row: eight cells in which nothing changed are one fact. */
import type { ReportStep } from './refresh-report';

export interface Row extends Pick<ReportStep, 'executor' | 'status' | 'text'> {
  readonly steps: readonly ReportStep[];
}

export const foldedRows = (steps: readonly ReportStep[]): Row[] => {
  const rows = new Map<string, Row>();
  for (const step of steps) {
    const { executor, status } = step;
    const text = withoutOwn(step);
    const key = JSON.stringify([executor, status, text]);
    rows.set(key, { executor, status, text, steps: [...(rows.get(key)?.steps ?? []), step] });
  }
  return [...rows.values()].map((row) => (row.steps.length === 1 ? { ...row, text: row.steps[0]?.text ?? '' } : row));
};

/** What differs between parts of which all is well: how many pins, which digest. */
const withoutOwn = ({ status, text }: ReportStep): string =>
  status === 'unchanged' && text.startsWith(same) ? same : text;

const same = 'nothing changed';

/** The target's name, or the executor's with the number of its parts. */
export const rowName = ({ executor, steps }: Row): string =>
  steps.length === 1 ? (steps[0]?.step ?? executor) : `${executor} (${steps.length})`;

/** From the first start to the last end, in seconds; undefined when none of it ran in this run. */
export const rowSeconds = ({ steps }: Row): number | undefined => {
  const ran = steps.flatMap(({ made, replayed }) => (made === undefined || replayed ? [] : [made]));
  if (ran.length === 0) return undefined;
  const start = Math.min(...ran.map(({ startedAt }) => Date.parse(startedAt)));
  const end = Math.max(...ran.map(({ endedAt }) => Date.parse(endedAt)));
  return Math.max(0, Math.round((end - start) / 100) / 10);
};

/** Steps of Dockerfiles that came from a cache, and all of them; undefined when nothing was built. */
export const rowCached = ({ steps }: Row): { readonly cached: number; readonly total: number } | undefined => {
  const built = steps.flatMap(({ build }) => build?.steps ?? []);
  if (built.length === 0) return undefined;
  const sum = (key: 'cached' | 'total') => built.reduce((all, each) => all + each[key], 0);
  return { cached: sum('cached'), total: sum('total') };
};
