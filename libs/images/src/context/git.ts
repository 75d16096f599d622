/** Reads of the source repository: plumbing commands only, so that the user's configuration cannot change an answer. */
import { spawn } from 'node:child_process';
import { CiCacheError, childEnvironment, run } from '@nx-ci-cache/process';

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
  const { stdout } = await run({ file: 'git', args: [...fixed, ...args], env: environment(), cwd: workspaceRoot });
  return stdout;
};

/** Raw output of `git cat-file --batch`. Its own spawn, because `run` gives text and blobs are bytes. */
export const catFileBatch = (workspaceRoot: string, objectIds: readonly string[]): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const child = spawn('git', [...fixed, 'cat-file', '--batch', '--buffer'], {
      cwd: workspaceRoot,
      env: environment(),
    });
    const chunks: Buffer[] = [];
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')));
    child.on('error', reject);
    child.on('close', (exitCode) => (exitCode === 0 ? resolve(Buffer.concat(chunks)) : reject(catFileFailed(errors))));
    child.stdin.on('error', () => undefined);
    child.stdin.end(objectIds.map((id) => `${id}\n`).join(''));
  });

const catFileFailed = (stderr: string) =>
  new CiCacheError('CommandFailed', `git cat-file --batch failed\n${stderr.trimEnd()}`, {
    remedy: 'Run git fsck to see whether the repository is whole.',
  });
