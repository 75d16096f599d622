/** Starts a process that outlives the command, tied to it by nothing but its log file. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { childEnvironment, readTextIfPresent } from '@nx-ci-cache/process';
import { StackError } from '../errors';
import { identify, isRunning, type ProcessIdentity } from './identity';
import { waitUntil } from './wait';

export interface DaemonSpec {
  readonly what: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly log: string;
  /** Whether it answers; only asked while it runs. */
  readonly ready: () => Promise<boolean>;
}

const readyWithinMs = 60_000;

/** Debian keeps runc where an ordinary user's PATH does not look. */
const environment = () => childEnvironment({ PATH: `${process.env['PATH'] ?? ''}:/usr/local/sbin:/usr/sbin:/sbin` });

export const startDaemon = async (spec: DaemonSpec): Promise<ProcessIdentity> => {
  await mkdir(dirname(spec.log), { recursive: true });
  const log = await open(spec.log, 'a');
  try {
    // Not execa: the child must keep neither our stdio nor our event loop, nor die with us.
    const child = spawn(spec.file, spec.args, {
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      env: environment(),
    });
    await once(child, 'spawn');
    child.unref();
    const started = child.pid === undefined ? undefined : await identify(child.pid);
    if (started === undefined) throw await failed(spec, 'ended at once');
    return started;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new StackError(`${spec.what}: ${spec.file} is not installed.`, 'Run tools/setup.', { cause: error });
  } finally {
    await log.close();
  }
};

export const awaitReady = async (spec: DaemonSpec, process: ProcessIdentity): Promise<void> => {
  let running = true;
  const settled = await waitUntil(async () => {
    running = await isRunning(process);
    return !running || (await spec.ready());
  }, readyWithinMs);
  if (!running) throw await failed(spec, 'ended before it was ready');
  if (!settled) throw await failed(spec, `was not ready within ${readyWithinMs / 1000} s`);
};

const failed = async (spec: DaemonSpec, reason: string): Promise<StackError> => {
  const tail = ((await readTextIfPresent(spec.log)) ?? '').trimEnd().split('\n').slice(-15).join('\n');
  return new StackError(`${spec.what} ${reason}. The end of its log:\n${tail}`, `The whole log: ${spec.log}`);
};
