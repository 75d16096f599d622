/** Starts a program of the person who asked for it, which goes on when the step has ended: the one thing a run may leave behind. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Command } from './command';

/** @throws Error where there is no such program. */
export const launch = async ({ file, args }: Pick<Command, 'file' | 'args'>, env: NodeJS.ProcessEnv): Promise<void> => {
  const started = spawn(file, args, { env, detached: true, stdio: 'ignore' });
  await once(started, 'spawn');
  started.unref();
};
