/** The one place that starts a process: argv only, given environment only, a time limit, and its whole group ended. */
import { execa } from 'execa';
import { CiCacheError } from './errors';
import type { Environment } from './environment';
import { endGroup, forget, remember } from './group';
import { redact } from './redact';

/** A command as a value, so that a dry run can print exactly what would run. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Environment;
  readonly cwd?: string;
  readonly input?: string | Buffer;
}

export interface RunOptions {
  /** Milliseconds until the process group is killed. Default: 10 minutes. */
  readonly timeoutMs?: number;
  /** Exit codes that are an answer and no failure. Default: only 0. */
  readonly accept?: readonly number[];
  /** Called with each redacted line of stderr as it comes. */
  readonly onLine?: (line: string) => void;
  readonly signal?: AbortSignal;
}

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const tenMinutes = 600_000;

/** Runs a command. @throws CiCacheError `CommandFailed`: not startable, killed, timed out, or an exit code not accepted. */
export const run = async (command: Command, options: RunOptions = {}): Promise<CommandResult> => {
  const { stdout, ...result } = await execute(command, options, 'utf8');
  return { ...result, stdout: String(stdout) };
};

/** Like `run`, for commands whose stdout is no text. */
export const runForBytes = async (
  command: Command,
  options: Omit<RunOptions, 'onLine'> = {},
): Promise<Omit<CommandResult, 'stdout'> & { readonly stdout: Buffer }> => {
  const { stdout, ...result } = await execute(command, options, 'buffer');
  return { ...result, stdout: Buffer.from(stdout) };
};

type Encoding = 'utf8' | 'buffer';

const execute = async (command: Command, options: RunOptions, encoding: Encoding) => {
  const child = start(command, encoding);
  const group = endGroupOn(child, options);
  const forwarded = options.onLine ? forwardLines(child, options.onLine) : undefined;
  const result = await child.finally(group.stop);
  await forwarded;
  const { exitCode, stdout } = result;
  const stderr = redact(Buffer.from(result.stderr).toString('utf8'));
  if (exitCode !== undefined && (options.accept ?? [0]).includes(exitCode)) return { exitCode, stdout, stderr };
  const answer = { exitCode: exitCode ?? -1, stdout: Buffer.from(stdout).toString('utf8'), stderr };
  throw commandFailed(command, answer, group.reason() ?? result.shortMessage ?? command.file);
};

const start = ({ file, args, env, cwd, input }: Command, encoding: Encoding) =>
  execa(file, args, {
    env,
    extendEnv: false,
    reject: false,
    // Its own group: killing only the child would leave its helpers (git-remote-https, a build) running.
    detached: true,
    cleanup: true,
    maxBuffer: 256 * 1024 * 1024,
    stripFinalNewline: false,
    encoding,
    ...(cwd === undefined ? {} : { cwd }),
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
  });

type Child = ReturnType<typeof start>;

const endGroupOn = (child: Child, { timeoutMs = tenMinutes, signal }: RunOptions) => {
  let reason: string | undefined;
  const end = (why: string) => {
    reason ??= why;
    endGroup(child.pid);
  };
  const onAbort = () => end('it was cancelled');
  const timer = setTimeout(() => end(`it did not end within ${timeoutMs / 1000} s`), timeoutMs);
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  remember(child.pid);
  return {
    reason: () => reason,
    stop: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      forget(child.pid);
    },
  };
};

const forwardLines = async (child: Child, onLine: (line: string) => void): Promise<void> => {
  try {
    for await (const line of child.iterable({ from: 'stderr' })) onLine(redact(String(line)));
  } catch {
    // The outcome of the child is judged by `run`; iteration only forwards what it printed.
  }
};

const commandFailed = ({ file, args }: Command, { exitCode, stdout, stderr }: CommandResult, reason: string) =>
  new CiCacheError('CommandFailed', redact(`${reason}\n${lastLines(stderr || stdout)}`).trimEnd(), {
    remedy: `Run it by hand to see all of its output: ${redact([file, ...args].join(' '))}`,
    data: { exitCode, stderr: lastLines(stderr), stdout: redact(lastLines(stdout)) },
  });

const lastLines = (text: string): string => text.trimEnd().split('\n').slice(-30).join('\n');
