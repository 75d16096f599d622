/** Makes the commit: the tip's tree with our files put in, on an index nobody else uses. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { printedOids, type Repository } from '@nx-ci-cache/git';
import type { Environment } from '@nx-ci-cache/process';
import { commitTreeArgs, updateIndexArgs } from '../git/argv';
import type { Blobs } from './draft';

export interface CommitValues {
  /** Parent, null for the first commit of a branch. */
  readonly tip: string | null;
  /** Files to put in, object id by name. */
  readonly blobs: Blobs;
  /** Files to take out. */
  readonly removed: readonly string[];
  readonly message: string;
  readonly author: { readonly name: string; readonly email: string };
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** Names the private index. */
  readonly attempt: number;
  /** Path of an ssh key; without one the commit is not signed. */
  readonly signingKey?: string;
}

/**
 * Object id of the new commit; nothing refers to it yet. An index and not `mktree`, because the names of others' files
 * need not be valid UTF-8 and would not survive a trip through a string.
 */
export const makeCommit = async (
  { folder, gitWith, gitWithHelper }: Repository,
  { tip, blobs, removed, message, author, time, attempt, signingKey }: CommitValues,
): Promise<string> => {
  const index = gitWith({
    GIT_INDEX_FILE: join(folder, `index-${attempt}`),
    // git takes names out of an index only where it believes in a work tree; it looks at none.
    ...(removed.length === 0 ? {} : { GIT_DIR: folder, GIT_WORK_TREE: folder }),
  });
  if (tip !== null) await index(['read-tree', tip]);
  await index(updateIndexArgs(blobs, removed));
  // Content of the files that are not ours was never fetched.
  const [tree = ''] = printedOids('write-tree', await index(['write-tree', '--missing-ok']));
  const messageFile = join(folder, `message-${attempt}`);
  await writeFile(messageFile, message);
  const who = identity(author, time);
  const git = signingKey === undefined ? gitWith(who) : gitWithHelper({ ...who, ...agent() });
  const [commit = ''] = printedOids('commit-tree', await git(commitTreeArgs(tree, tip, messageFile, signingKey)));
  return commit;
};

/** A key file may be the public half of a key that an agent holds. */
const agent = (): Environment => {
  const socket = process.env['SSH_AUTH_SOCK'];
  return socket ? { SSH_AUTH_SOCK: socket } : {};
};

const identity = ({ name, email }: CommitValues['author'], time: number) => {
  const date = `${Math.floor(time / 1000)} +0000`;
  return {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
    GIT_COMMITTER_DATE: date,
  };
};
