/** A command as a value, and the process it becomes. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { Environment } from './environment';

/** What is run; a dry run prints exactly this. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** The whole environment of the child. */
  readonly env: Environment;
  readonly cwd?: string;
  /** What it reads from stdin; nothing by default. */
  readonly input?: string | Buffer;
}

export type Child = ChildProcessByStdio<Writable | null, Readable, Readable> & { readonly pid: number };

/** The child in a process group of its own, or the system's error. */
export const start = async ({ file, args, env, cwd, input }: Command): Promise<Child | NodeJS.ErrnoException> => {
  let child;
  try {
    // Its own group: killing only the child would leave its helpers (git-remote-https, a build) running.
    child = spawn(file, args, {
      env,
      cwd,
      detached: true,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
  if (child.pid === undefined) return (await once(child, 'error'))[0] as NodeJS.ErrnoException;
  // A child need not read all of its input: its exit code says whether it should have.
  child.stdin?.on('error', () => undefined).end(input);
  return child as Child;
};
