/** Reads the user's checkout, and only reads it: commands that touch no index and run no hook. */
import { CiCacheError } from '@nx-ci-cache/process';
import type { LocalGit } from '../git/git';
import { limitsOf, type Deadline } from '../git/limits';
import { localGit } from '../git/local';

/**
 * Git in the checkout around `folder`. A CI container often runs as another user than the one who owns the checkout; git's
 * answer to that, `safe.directory`, stands in the global configuration, which is not read here.
 */
export const checkoutGit = (folder: string, deadline: Deadline = {}): LocalGit => {
  const git = localGit(folder, limitsOf(deadline));
  return (args) => git(['-c', 'safe.directory=*', ...args]);
};

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
    if (error instanceof CiCacheError && no.some((code) => code === error.data['exitCode'])) return undefined;
    throw error;
  }
};

/** Full object id of the commit that is checked out. @throws CiCacheError `CommandFailed` outside a checkout. */
export const headOf = async (git: LocalGit, folder: string): Promise<string> => {
  try {
    return (await git(['rev-parse', '--verify', 'HEAD^{commit}'])).trim();
  } catch (cause) {
    throw new CiCacheError('CommandFailed', `no commit is checked out in ${folder}`, {
      remedy: 'Run inside a git checkout with at least one commit.',
      cause,
    });
  }
};
