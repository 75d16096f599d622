/** A private bare repository for one remote: the user's checkout, index, hooks and configuration are never touched. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CiCacheError,
  inPrivateFolder,
  readTextIfPresent,
  withRetry,
  type Environment,
  type RetryPolicy,
} from '@nx-ci-cache/process';
import type { Reader } from '../checkout/checkout';
import { localEnvironment } from '../command/environment';
import { isMalformed, isTransient } from '../command/failures';
import { git, gitOrThrow, gitStream, remedies, type GitResult, type LocalGit } from '../command/git';
import { limitsOf, type Deadline } from '../command/limits';
import { transferEnvironment, trust } from '../transport/environment';
import type { SshFiles } from '../transport/ssh';
import { initArgs } from './argv';
import { localGit } from './local';

export interface Repository {
  readonly folder: string;
  readonly git: LocalGit;
  /** Lists and contents of what was fetched. */
  readonly reader: Reader;
  /** Plumbing with an index or an identity of its own. */
  readonly gitWith: (extra: Environment) => LocalGit;
  /** Plumbing that starts a helper, such as ssh-keygen for a signature. */
  readonly gitWithHelper: (extra: Environment) => LocalGit;
  /** A command that talks to the remote and may be refused by it. */
  readonly transfer: (args: readonly string[]) => Promise<GitResult>;
  /** A command that only reads from the remote and must succeed, tried again when that may help; stdout. */
  readonly ask: (args: readonly string[], extra?: Environment) => Promise<string>;
}

export interface RemoteAccess extends Deadline {
  /** Checked remote URL. */
  readonly url: string;
  /** Where credentials, proxies and certificates come from. Default: this process. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Key and host keys for an ssh remote. */
  readonly ssh?: SshFiles;
  /** Folder of another such repository whose objects and limits of history are seen here too. */
  readonly borrowFrom?: string;
}

/** Reads are tried again within a second or two; a transfer that hung is not, its time is used up. */
const rereads: RetryPolicy = { tries: 4, baseMs: 250, capMs: 2000, retryable: isTransient };

/** Makes the repository, lends it to `use`, and removes it whatever happens. */
export const withRepository = async <Value>(
  { url, environment = process.env, ssh, borrowFrom, ...deadline }: RemoteAccess,
  use: (repository: Repository) => Promise<Value>,
): Promise<Value> =>
  inPrivateFolder('ci-cache-git-', async (folder) => {
    const bare = { GIT_CEILING_DIRECTORIES: folder };
    const limits = limitsOf(deadline);
    const local = localGit(folder, limits, bare);
    await local(initArgs);
    await writeFile(join(folder, 'config'), repositoryConfig(url));
    await writeFile(join(folder, trust.file), trust.text);
    if (borrowFrom !== undefined) await borrow(borrowFrom, folder);
    const env = transferEnvironment(url, folder, environment, ssh);
    return await use({
      folder,
      git: local,
      reader: {
        text: local,
        stream: (args, consume, input) =>
          gitStream({ cwd: folder, env: localEnvironment(bare), limits }, args, remedies.local, consume, input),
      },
      gitWith: (extra) => localGit(folder, limits, { ...bare, ...extra }),
      gitWithHelper: (extra) => (args) =>
        gitOrThrow({ cwd: folder, env: localEnvironment({ ...bare, ...extra }), limits }, args, remedies.local),
      transfer: (args) => git({ cwd: folder, env, limits }, args),
      ask: (args, extra = {}) =>
        withRetry(rereads, () =>
          gitOrThrow({ cwd: folder, env: { ...env, ...extra }, limits }, args, remedies.remote).catch(malformed),
        ),
    });
  });

/** Of a branch only the tip is checked, so that an old import is healed without a change to history. */
const malformed = (error: unknown): never => {
  if (!(error instanceof CiCacheError) || !isMalformed(error)) throw error;
  throw new CiCacheError(error.code, error.message, {
    remedy:
      'The object named here is malformed, as old imports made them. When it is the tip of the branch, put a commit of your own on top (git commit --allow-empty) and push that.',
    data: error.data,
    cause: error,
  });
};

const borrow = async (from: string, folder: string): Promise<void> => {
  await writeFile(join(folder, 'objects', 'info', 'alternates'), `${join(from, 'objects')}\n`);
  const shallow = await readTextIfPresent(join(from, 'shallow'));
  if (shallow !== undefined) await writeFile(join(folder, 'shallow'), shallow);
};

/** The whole configuration: a promisor remote, so that missing content is expected, and nothing that runs by itself. */
export const repositoryConfig = (url: string): string =>
  [
    '[core]',
    '\trepositoryFormatVersion = 1',
    '\tbare = true',
    '\thooksPath = /dev/null',
    '[extensions]',
    '\tpartialClone = target',
    '[remote "target"]',
    `\turl = "${url.replace(/["\\]/g, '\\$&')}"`,
    '\tpromisor = true',
    '\tpartialCloneFilter = blob:none',
    '[http]',
    '\tfollowRedirects = false',
    '[gc]',
    '\tauto = 0',
    '[transfer]',
    '\tfsckObjects = true',
    '',
  ].join('\n');
