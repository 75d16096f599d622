/** Runs a command of a test and hands back everything it said, whatever its exit code. */
import { spawn, type ChildProcess } from 'node:child_process';
import { execa } from 'execa';
import { inherited } from './environment';

export interface Execution {
  readonly exitCode: number;
  readonly stdout: string;
  /** stdout and stderr as they came. */
  readonly all: string;
}

export interface ExecuteOptions {
  readonly cwd: string;
  /** Added to what a command inherits; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Hand back a failure instead of throwing it. Default: false. */
  readonly mayFail?: boolean;
}

export const execute = async (
  file: string,
  args: readonly string[],
  { cwd, env = {}, mayFail = false }: ExecuteOptions,
): Promise<Execution> => {
  const result = await execa(file, args, {
    cwd,
    env: environment(env),
    extendEnv: false,
    all: true,
    reject: false,
    stdin: 'ignore',
    timeout: 600_000,
  });
  const execution = { exitCode: result.exitCode ?? -1, stdout: result.stdout, all: result.all };
  if (execution.exitCode === 0 || mayFail) return execution;
  throw new Error(`${file} ${args.join(' ')} ended with ${execution.exitCode}:\n${execution.all}`);
};

/** Starts a command as a shell does in the foreground, in a process group of its own, and waits for nothing. */
export const begin = (file: string, args: readonly string[], { cwd, env = {} }: ExecuteOptions): ChildProcess =>
  spawn(file, args, { cwd, env: environment(env), detached: true, stdio: 'ignore' });

const environment = (env: NonNullable<ExecuteOptions['env']>): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries({ ...inherited(), ...env }).filter(([, value]) => value !== undefined));
