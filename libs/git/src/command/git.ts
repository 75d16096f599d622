/**
 * A git that starts helpers, or whose answer is large or no text, runs by `run`: it ends in time with its whole process
 * group. Killed alone, as simple-git would, it leaves git-remote-https, ssh, ssh-keygen or a filter of the checkout behind,
 * able to finish the push or to wait for ever.
 */
import { CiCacheError, harmless, run, runStreaming, type CommandFailure, type Environment } from '@nx-ci-cache/process';
import type { Limits } from './limits';

/** Runs local plumbing and resolves to its stdout. @throws CiCacheError `CommandFailed` with `data.exitCode` */
export type LocalGit = (args: readonly string[]) => Promise<string>;

/** Where and how long a git runs. */
export interface GitContext {
  readonly cwd: string;
  /** The whole environment of the child. */
  readonly env: Environment;
  readonly limits: Limits;
}

/** What git said; exit code 1 is a "no" or a rejected push, 128 a failure git explained. */
export interface GitResult {
  readonly exitCode: number;
  readonly stdout: string;
  /** Already harmless to show. */
  readonly stderr: string;
}

const accept = [0, 1, 128];

/** @throws CiCacheError `CommandFailed` when git was killed, did not start or was called in a wrong way. */
export const git = async ({ cwd, env, limits }: GitContext, args: readonly string[]): Promise<GitResult> => {
  const result = await run({ file: 'git', args, env, cwd }, { accept, ...limits() }).catch(harmlessly);
  return { ...result, stderr: harmless(result.stderr) };
};

/** A git that has to succeed; its stdout. @throws CiCacheError `CommandFailed` with what git and the server said. */
export const gitOrThrow = async (context: GitContext, args: readonly string[], remedy: string): Promise<string> => {
  const { exitCode, stdout, stderr } = await git(context, args);
  if (exitCode === 0) return stdout;
  throw failed(args, exitCode, stderr, remedy);
};

/** Reads stdout, however large, piece by piece; git waits while it is slow. */
export type Consume<Value> = (stdout: AsyncIterable<Buffer>) => Promise<Value>;

/**
 * A git that has to succeed; what `consume` made of its stdout.
 * @throws CiCacheError `CommandFailed` with what git said; else what `consume` threw, which ends git when it prints still.
 */
export const gitStream = async <Value>(
  { cwd, env, limits }: GitContext,
  args: readonly string[],
  remedy: string,
  consume: Consume<Value>,
  input = '',
): Promise<Value> => {
  const command = { file: 'git', args, env, cwd, input };
  const result = await runStreaming(command, judgedLater(consume), { accept, ...limits() }).catch(harmlessly);
  if (result.exitCode !== 0) throw failed(args, result.exitCode, harmless(result.stderr), remedy);
  return result.value();
};

/** An answer that ended too early is a fault of the git that gave it: what it said of that comes first. */
const judgedLater =
  <Value>(consume: Consume<Value>) =>
  async (stdout: AsyncIterable<Buffer>): Promise<() => Value> => {
    let isAtEnd = false;
    const pieces = async function* () {
      yield* stdout;
      isAtEnd = true;
    };
    try {
      const value = await consume(pieces());
      return () => value;
    } catch (error) {
      if (!isAtEnd) throw error;
      return () => {
        throw error;
      };
    }
  };

export const remedies = {
  local: 'Check that git is 2.38 or newer and that the temporary folder has room and may be written to.',
  checkout:
    'Check that this is a sound git checkout (git fsck) that this user may read, and that git is 2.38 or newer; what a partial clone left out is not fetched here: check out without --filter.',
  remote:
    'Check that the remote exists, is reachable and grants this job access (GITHUB_TOKEN, CI_JOB_TOKEN, GIT_ASKPASS or an ssh key); then run again.',
} as const;

const failed = (args: readonly string[], exitCode: number, stderr: string, remedy: string) =>
  gitFailed(args, `failed with exit code ${exitCode}\n${stderr}`, remedy, { reason: 'exit', exitCode, stderr });

/** @param why what became of it; @param known as of any other command, so that it can be told apart like one. */
export const gitFailed = (
  args: readonly string[],
  why: string,
  remedy: string,
  known: Pick<CommandFailure, 'reason' | 'exitCode' | 'stderr'>,
): CiCacheError => {
  const data: CommandFailure = { signal: null, systemError: null, stdout: '', ...known };
  return new CiCacheError('CommandFailed', `git ${commandOf(args)} ${why}`, { remedy, data });
};

const harmlessly = (error: unknown): never => {
  throw error instanceof CiCacheError ? harmlessError(error) : error;
};

/** The error of a git that was killed holds what the server said until then. */
export const harmlessError = ({ code, message, remedy, data }: CiCacheError): CiCacheError => {
  const texts = Object.entries(data).map(([name, value]) => [
    name,
    typeof value === 'string' ? harmless(value) : value,
  ]);
  return new CiCacheError(code, harmless(message), { remedy: harmless(remedy), data: Object.fromEntries(texts) });
};

/** `-c key=value` may come before it. */
export const commandOf = (args: readonly string[]): string | undefined =>
  args.find((word, at) => word !== '-c' && args[at - 1] !== '-c');
