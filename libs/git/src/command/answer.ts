/** Answers of git: a "no" is told by an exit code, and what broke off must never pass for a shorter answer. */
import { CiCacheError, commandFailureOf } from '@nx-ci-cache/process';
import type { LocalGit } from './git';

/**
 * Stdout, or undefined when git answers "no" by its exit code.
 * @throws CiCacheError `CommandFailed` for anything else, a git that was killed included.
 */
export const answerOf = async (
  git: LocalGit,
  args: readonly string[],
  no: readonly number[] = [1],
): Promise<string | undefined> => {
  try {
    return await git(args);
  } catch (error) {
    const exitCode = commandFailureOf(error)?.exitCode ?? null;
    if (exitCode !== null && no.includes(exitCode)) return undefined;
    throw error;
  }
};

/** Git exits with 0 although the pipe did not take its answer: it ignores write errors of pipes. */
export const brokenOff = (command: string, what = 'its answer'): CiCacheError =>
  new CiCacheError('CommandFailed', `git ${command} did not print the whole of ${what}`, {
    remedy: 'Check that the machine has memory and room left, then run again.',
  });
