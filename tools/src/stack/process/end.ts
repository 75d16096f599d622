/** Ends a process we started, and everything it started, and nothing else. */
import { descendantsOf, isRunning, type ProcessIdentity } from './identity';
import { waitUntil } from './wait';

const graceMs = 10_000;

/** SIGTERM, ten seconds, SIGKILL; then what it left behind (a build step outlives a killed buildkitd). */
export const endProcess = async (daemon: ProcessIdentity | undefined): Promise<void> => {
  if (daemon === undefined || !(await isRunning(daemon))) return;
  const below = await descendantsOf(daemon.pid);
  signal(daemon, 'SIGTERM');
  if (!(await waitUntil(async () => !(await isRunning(daemon)), graceMs))) signal(daemon, 'SIGKILL');
  for (const each of below) if (await isRunning(each)) signal(each, 'SIGKILL');
  await waitUntil(async () => !(await anyRunning([daemon, ...below])), graceMs);
};

const anyRunning = async (processes: readonly ProcessIdentity[]): Promise<boolean> =>
  (await Promise.all(processes.map(isRunning))).includes(true);

const signal = ({ pid }: ProcessIdentity, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It may end between the question and the signal.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};
