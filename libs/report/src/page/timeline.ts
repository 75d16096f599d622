/** The run by the clock: what ran where and when, the chain that decided how long it took, and what could be saved of it. */
import type { ReportStep } from '../refresh-report';

export interface Bar {
  readonly step: string;
  /** Node of a leg; the executor of any other step. */
  readonly lane: string;
  /** Seconds from the run's first start. */
  readonly start: number;
  readonly seconds: number;
  /** It is of the chain that decided how long the run took. */
  readonly critical?: true;
  readonly emulatedOn?: string;
}

export interface Timeline {
  readonly seconds: number;
  readonly bars: readonly Bar[];
  /** Seconds of the critical path that something would save, largest first. */
  readonly recoverable: readonly { readonly seconds: number; readonly how: string }[];
}

/** Undefined when nothing ran in this run. */
export const timelineOf = (steps: readonly ReportStep[]): Timeline | undefined => {
  const spans = steps.flatMap(spanOf);
  if (spans.length === 0) return undefined;
  const origin = Math.min(...spans.map(({ start }) => start));
  const path = criticalPath(spans);
  const bars = spans.map(({ step, lane, start, end, emulatedOn }, at) => ({
    ...{ step: step.step, lane, start: seconds(start - origin), seconds: seconds(end - start) },
    ...(path.includes(spans[at] as Span) ? { critical: true as const } : {}),
    ...(emulatedOn === undefined ? {} : { emulatedOn }),
  }));
  return {
    seconds: seconds(Math.max(...spans.map(({ end }) => end)) - origin),
    bars,
    recoverable: recoverableOf(path),
  };
};

interface Span {
  readonly step: ReportStep;
  readonly lane: string;
  readonly node?: string;
  readonly start: number;
  readonly end: number;
  readonly emulatedOn?: string;
}

/** A leg counts by its node's clock: its task also waits for the node. */
const spanOf = (step: ReportStep): Span[] => {
  const { made, replayed, build, executor, status } = step;
  if (made === undefined || replayed || status === 'skipped') return [];
  const { node, emulatedOn } = build ?? {};
  const [start, end] = [build?.startedAt ?? made.startedAt, build?.endedAt ?? made.endedAt].map(Date.parse);
  if (start === undefined || end === undefined || !(end >= start)) return [];
  return [
    {
      ...{ step, lane: node ?? executor, start, end },
      ...(node === undefined ? {} : { node }),
      ...(emulatedOn === undefined ? {} : { emulatedOn }),
    },
  ];
};

/** From the last end backwards: what ended last before each began. */
const criticalPath = (spans: readonly Span[]): readonly Span[] => {
  const byEnd = [...spans].sort((a, b) => a.end - b.end);
  const path: Span[] = [];
  for (let next = byEnd.pop(); next !== undefined;) {
    path.unshift(next);
    const { start } = next;
    while (byEnd.length > 0 && (byEnd.at(-1) as Span).end > start) byEnd.pop();
    next = byEnd.pop();
  }
  return path;
};

const recoverableOf = (path: readonly Span[]): Timeline['recoverable'] => {
  const pairs = path.slice(1).map((span, at) => [path[at] as Span, span] as const);
  const queued = pairs.filter(([before, { node }]) => node !== undefined && before.node === node);
  const legs = path.flatMap(({ step: { build } }) => build ?? []);
  const sum = (numbers: readonly number[]) => Math.round(numbers.reduce((all, each) => all + each, 0) * 10) / 10;
  return [
    { seconds: sum(pairs.map(([{ end }, { start }]) => seconds(start - end))), how: 'spent between two steps' },
    {
      seconds: sum(queued.map(([before]) => seconds(before.end - before.start))),
      how: 'legs waited for their node: one more node would save it',
    },
    {
      seconds: sum(
        legs.map(({ seconds: all, criticalPathSeconds: longest }) =>
          all === undefined || longest === undefined ? 0 : Math.max(0, all - longest),
        ),
      ),
      how: 'legs took longer than their longest chain of steps: more cores would save it',
    },
    {
      seconds: sum(legs.flatMap(({ emulatedOn, seconds: all = 0 }) => (emulatedOn === undefined ? [] : [all]))),
      how: 'legs were emulated: a native node would save most of it',
    },
  ]
    .filter(({ seconds: saved }) => saved > 0)
    .sort((a, b) => b.seconds - a.seconds);
};

const seconds = (milliseconds: number): number => Math.round(milliseconds / 100) / 10;
