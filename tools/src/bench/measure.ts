/** Side-by-side timing: commands in turn, A B A B, because a shared machine drifts; medians and ratios, never a verdict. */

export interface Contender {
  readonly name: string;
  /** One counted run. */
  readonly run: () => Promise<unknown>;
}

export interface Measured {
  readonly name: string;
  /** Seconds of each run, sorted. */
  readonly seconds: readonly number[];
}

/** Runs every contender `rounds` times in turn, after one round that is not counted. */
export const sideBySide = async (contenders: readonly Contender[], rounds: number): Promise<Measured[]> => {
  const seconds = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, run } of contenders) {
      const elapsed = await timed(run);
      if (round > 0) seconds.get(name)?.push(elapsed);
    }
  }
  return [...seconds].map(([name, all]) => ({ name, seconds: all.sort((left, right) => left - right) }));
};

/** Seconds an operation takes. */
export const timed = async (operation: () => Promise<unknown>): Promise<number> => {
  const started = process.hrtime.bigint();
  await operation();
  return Number(process.hrtime.bigint() - started) / 1e9;
};

export const median = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;

/** A table of minimum, median and maximum, with the ratio of each median to the first one's. */
export const measuredTable = (all: readonly Measured[]): string[] => {
  const base = median(all[0]?.seconds ?? []);
  return all.map(({ name, seconds }) => {
    const [min, mid, max] = [seconds[0] ?? Number.NaN, median(seconds), seconds.at(-1) ?? Number.NaN];
    const figures = [min, mid, max].map((each) => `${each.toFixed(2)} s`).join(' / ');
    return `${name.padEnd(34)} ${figures}   × ${(mid / base).toFixed(2)}`;
  });
};
