/** Ends this process when its run ends, so that nothing of it goes on for a run that nobody watches any more. */
import { constants } from 'node:os';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const parentCheckMs = 250;
let isWatching = false;

/**
 * From now on SIGINT, SIGTERM and SIGHUP end this process with 128 + their number, and so does the end of its parent, as
 * SIGHUP would: nx killed by SIGKILL tells nobody. Ending through `exit` lets every process group we started be killed and
 * every private folder be removed; the default would leave them.
 */
export const endWithRun = (): void => {
  if (isWatching) return;
  isWatching = true;
  for (const signal of signals) process.once(signal, () => endBy(signal));
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) endBy('SIGHUP');
  }, parentCheckMs).unref();
};

const endBy = (signal: (typeof signals)[number]): never => process.exit(128 + constants.signals[signal]);
