/** Reads of the source repository: plumbing commands only, so that the user's configuration cannot change an answer. */
import { childEnvironment, run, runForBytes, type Command } from '@nx-ci-cache/process';

/** The commit a build is made from, seen from the workspace's folder. */
export interface Source {
  /** Absolute path of the workspace; may be a folder inside the repository. */
  readonly workspaceRoot: string;
  /** Full object id. */
  readonly commit: string;
}

const fixed = ['--no-replace-objects', '-c', 'core.fsmonitor=false'];
const environment = () =>
  childEnvironment({ GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_LITERAL_PATHSPECS: '1' });

/** stdout of a git command. @throws CiCacheError `CommandFailed`. */
export const git = async (workspaceRoot: string, args: readonly string[]): Promise<string> => {
  const { stdout } = await run(gitCommand(workspaceRoot, args));
  return stdout;
};

/** Of the checkout the workspace is in, without links. @throws CiCacheError `CommandFailed`. */
export const repositoryRoot = async (workspaceRoot: string): Promise<string> =>
  (await git(workspaceRoot, ['rev-parse', '--show-toplevel'])).replace(/\n$/, '');

/** Raw output of `git cat-file --batch`: blobs are bytes. @throws CiCacheError `CommandFailed`. */
export const catFileBatch = async (workspaceRoot: string, objectIds: readonly string[]): Promise<Buffer> => {
  const { stdout } = await runForBytes({
    ...gitCommand(workspaceRoot, ['cat-file', '--batch', '--buffer']),
    input: objectIds.map((id) => `${id}\n`).join(''),
  });
  return stdout;
};

const gitCommand = (workspaceRoot: string, args: readonly string[]): Command => ({
  file: 'git',
  args: [...fixed, ...args],
  env: environment(),
  cwd: workspaceRoot,
});
