/** What the next run will do, as far as this one's records tell. */
import { counted } from '@nx-ci-cache/process';
import { legCalled, legsIn } from './legs';
import type { RefreshReport } from '../refresh-report';

/** Each as one sentence. */
export const nextRun = ({ cutoff, steps }: RefreshReport, windowSeconds: number): string[] => {
  const legs = legsIn(steps);
  const again = legs.filter(({ status }) => status === 'failed' || status === 'skipped' || status === 'previewed');
  const bare = legs.filter(({ build }) => build?.cacheMissing !== undefined);
  return [
    ...(cutoff === undefined
      ? []
      : [`It sees package indexes up to ${later(cutoff, windowSeconds)} once that has settled.`]),
    ...(again.length === 0
      ? []
      : [`It looks again at ${counted(again.length, 'leg')} that left no record: ${named(again)}.`]),
    ...(bare.length === 0
      ? []
      : [`It builds ${counted(bare.length, 'leg')} again, whose cache is missing: ${named(bare)}.`]),
    'It builds what is stale by then: legs whose sources, constraints or base images changed.',
  ];
};

const later = (instant: string, seconds: number): string =>
  new Date(Date.parse(instant) + seconds * 1000).toISOString().replace(/\.000Z$/, 'Z');

const mostNamed = 3;

const named = (steps: RefreshReport['steps']): string => {
  const names = steps.slice(0, mostNamed).map(({ step }) => legCalled(step));
  return names.length < steps.length ? `${names.join(', ')} and ${steps.length - names.length} more` : names.join(', ');
};
