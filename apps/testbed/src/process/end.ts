/** Ends a process we started, and everything it started, and nothing else. */
import { StackError } from '../errors';
import { descendantsOf, isRunning, type ProcessIdentity } from './identity';
import { waitUntil } from './wait';

const graceMs = 10_000;

/** SIGTERM, a time of grace, SIGKILL; then what it left behind (a build step outlives a killed buildkitd). */
export const endProcess = async (daemon: ProcessIdentity | undefined, grace = graceMs): Promise<void> => {
  if (daemon === undefined || !(await isRunning(daemon))) return;
  const below = await descendantsOf(daemon.pid);
  signal(daemon, 'SIGTERM');
  await waitUntil(async () => !(await isRunning(daemon)), grace);
  await killProcesses([daemon, ...below]);
};

/** At once, and returns when they are gone. @throws StackError when one of them is not. */
export const killProcesses = async (processes: readonly ProcessIdentity[]): Promise<void> => {
  for (const each of processes) if (await isRunning(each)) signal(each, 'SIGKILL');
  if (await waitUntil(async () => !(await anyRunning(processes)), graceMs)) return;
  const pids = processes.map(({ pid }) => pid).join(' ');
  throw new StackError(
    `SIGKILL did not end all of the processes ${pids}.`,
    `See what they wait for: ps -o pid,stat,wchan,args -p '${pids}'`,
  );
};

const anyRunning = async (processes: readonly ProcessIdentity[]): Promise<boolean> =>
  (await Promise.all(processes.map(isRunning))).includes(true);

export const signal = ({ pid }: Pick<ProcessIdentity, 'pid'>, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It may end between the question and the signal.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};
