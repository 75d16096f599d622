/** At most so many at a time, over all who ask: hundreds of legs with tens of layers must not open thousands of connections. */

export type InTurn = <Result>(work: () => Promise<Result>) => Promise<Result>;

export const inTurn = (most: number): InTurn => {
  let free = most;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
};
