/** How long builds would take, from what each took last time: nothing is guessed for what was never timed. */
import type { NodeQueue } from './queue';

export interface BuildForecast {
  /** Until the last of them ends, those never timed left out; absent when none was timed. */
  readonly seconds?: number;
  /** Names of legs that were never timed. */
  readonly untimed: readonly string[];
}

/** Nodes work side by side, each on as many legs at once as it may, and a leg waits for those it starts from. */
export const buildForecast = (queues: readonly NodeQueue[]): BuildForecast => {
  const legs = queues.flatMap((queue) => queue.legs);
  const untimed = legs.filter(({ last }) => last?.seconds === undefined).map(({ name }) => name);
  if (untimed.length === legs.length) return { untimed };
  return { seconds: Math.max(...queues.map(endOf)), untimed };
};

const endOf = ({ node, legs }: NodeQueue): number => {
  const free = Array.from({ length: node.jobs }, () => 0);
  const ends = new Map<string, number>();
  for (const { name, bases = [], last } of legs) {
    const slot = free.indexOf(Math.min(...free));
    const start = Math.max(free[slot] ?? 0, ...bases.map((base) => ends.get(base) ?? 0));
    free[slot] = start + (last?.seconds ?? 0);
    ends.set(name, free[slot]);
  }
  return Math.max(0, ...ends.values());
};
