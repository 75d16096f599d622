/**
 * A git that starts helpers runs to an end in time, with its whole process group: killed alone, as simple-git would, it
 * leaves git-remote-https, ssh or ssh-keygen behind, able to finish the push or to wait for ever.
 */
import { CiCacheError, harmless, run, type Environment } from '@nx-ci-cache/process';
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

/** @throws CiCacheError `CommandFailed` when git was killed, did not start or was called in a wrong way. */
export const git = async ({ cwd, env, limits }: GitContext, args: readonly string[]): Promise<GitResult> => {
  const result = await run({ file: 'git', args, env, cwd }, { accept: [0, 1, 128], ...limits() }).catch(
    (error: unknown) => {
      throw error instanceof CiCacheError ? harmlessError(error) : error;
    },
  );
  return { ...result, stderr: harmless(result.stderr) };
};

export const remedies = {
  local: 'Check that git is 2.36 or newer and that the temporary folder has room and may be written to.',
  remote:
    'Check that the remote exists, is reachable and grants this job access (GITHUB_TOKEN, CI_JOB_TOKEN, GIT_ASKPASS or an ssh key); then run again.',
} as const;

/** A git that has to succeed; its stdout. @throws CiCacheError `CommandFailed` with what git and the server said. */
export const gitOrThrow = async (context: GitContext, args: readonly string[], remedy: string): Promise<string> => {
  const { exitCode, stdout, stderr } = await git(context, args);
  if (exitCode === 0) return stdout;
  // Not all arguments: what a failure means is read from this text, and a branch may be called constraints-503.
  throw new CiCacheError('CommandFailed', `git ${commandOf(args)} failed with exit code ${exitCode}\n${stderr}`, {
    remedy,
    data: { exitCode, stderr },
  });
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
