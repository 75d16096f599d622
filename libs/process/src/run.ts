/** The one place that starts a process: argv only, given environment only, a time limit, and its whole group ended. */
import { execa } from 'execa';
import { CiCacheError } from './errors';
import type { Environment } from './environment';
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
  const child = start(command);
  const ended = endGroupOn(child, options);
  if (options.onLine) void forwardLines(child, options.onLine);
  const result = await child.finally(ended.stop);
  const answer = {
    exitCode: result.exitCode ?? -1,
    stdout: String(result.stdout),
    stderr: redact(String(result.stderr)),
  };
  if (result.exitCode !== undefined && (options.accept ?? [0]).includes(result.exitCode)) return answer;
  throw commandFailed(command, answer, ended.reason() ?? result.shortMessage ?? command.file);
};

const start = ({ file, args, env, cwd, input }: Command) =>
  execa(file, args, {
    env,
    extendEnv: false,
    reject: false,
    // Its own group: killing only the child would leave its helpers (git-remote-https, a build) running.
    detached: true,
    cleanup: true,
    maxBuffer: 256 * 1024 * 1024,
    stripFinalNewline: false,
    ...(cwd === undefined ? {} : { cwd }),
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
  });

type Child = ReturnType<typeof start>;

const endGroupOn = (child: Child, { timeoutMs = tenMinutes, signal }: RunOptions) => {
  let reason: string | undefined;
  const end = (why: string) => {
    reason ??= why;
    killGroup(child.pid);
  };
  const onAbort = () => end('it was cancelled');
  const onExit = () => end('the parent ended');
  const timer = setTimeout(() => end(`it did not end within ${timeoutMs / 1000} s`), timeoutMs);
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  process.once('exit', onExit);
  return {
    reason: () => reason,
    stop: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      process.removeListener('exit', onExit);
    },
  };
};

const killGroup = (pid: number | undefined): void => {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is gone already: nothing is left to end.
  }
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
