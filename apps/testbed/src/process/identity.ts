/** Names one process for good, so that a pid the kernel gave to a stranger is never taken for ours. */
import { readdir, readFile } from 'node:fs/promises';
import { readTextIfPresent } from '@nx-ci-cache/process';
import { isGone, parseStat, type ProcessStat } from './stat';

export interface ProcessIdentity {
  readonly pid: number;
  /** Boot id and start time. */
  readonly started: string;
}

/** The identity of a running process; undefined when there is none, or only a zombie. */
export const identify = async (pid: number): Promise<ProcessIdentity | undefined> => {
  const stat = await statOf(pid);
  return stat === undefined ? undefined : { pid, started: `${await bootId()}/${stat.startTicks}` };
};

export const isRunning = async (process: ProcessIdentity | undefined): Promise<boolean> =>
  process !== undefined && (await identify(process.pid))?.started === process.started;

/** All processes below this one, children first. */
export const descendantsOf = async (pid: number): Promise<readonly ProcessIdentity[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const stats = await Promise.all(pids.map(async (each) => ({ pid: each, parent: (await statOf(each))?.parent })));
  const below = (parent: number): number[] =>
    stats.filter((each) => each.parent === parent).flatMap((each) => [each.pid, ...below(each.pid)]);
  const found = await Promise.all(below(pid).map(identify));
  return found.filter((each) => each !== undefined);
};

const statOf = async (pid: number): Promise<ProcessStat | undefined> => {
  const stat = parseStat((await readTextIfPresent(`/proc/${pid}/stat`)) ?? '');
  return stat === undefined || isGone(stat) ? undefined : stat;
};

const bootId = async (): Promise<string> => (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
