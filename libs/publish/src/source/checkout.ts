/** Reads the user's checkout, and only reads it: commands that touch no index and run no hook. */
import { CiCacheError } from '@nx-ci-cache/process';
import { localGit, type LocalGit } from '../git/git';

/**
 * Git in the checkout around `folder`. A CI container often runs as another user than the one who owns the checkout; git's
 * answer to that, `safe.directory`, stands in the global configuration, which is not read here.
 */
export const checkoutGit = (folder: string): LocalGit => {
  const git = localGit(folder);
  return (args) => git(['-c', 'safe.directory=*', ...args]);
};

/** Stdout, or undefined when git answers "no" by exit code 1. @throws CiCacheError `CommandFailed` for anything else. */
export const answerOf = async (git: LocalGit, args: readonly string[]): Promise<string | undefined> => {
  try {
    return await git(args);
  } catch (error) {
    if (exitCodeOf(error) === 1) return undefined;
    throw error;
  }
};

/** Exit code of a git that failed, undefined when it was killed or the error is another one. */
export const exitCodeOf = (error: unknown): unknown =>
  error instanceof CiCacheError ? error.data['exitCode'] : undefined;

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
