/** Makes the commit: the tip's tree with our files put in, on an index nobody else uses. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commitTreeArgs, updateIndexArgs } from './argv';
import type { Blobs } from './draft';
import type { Repository } from './repository';

export interface CommitValues {
  /** Parent, null for the first commit of a branch. */
  readonly tip: string | null;
  readonly blobs: Blobs;
  readonly message: string;
  readonly author: { readonly name: string; readonly email: string };
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** Names the private index. */
  readonly attempt: number;
}

/**
 * Object id of the new commit; nothing refers to it yet. An index and not `mktree`, because the names of others' files
 * need not be valid UTF-8 and would not survive a trip through a string.
 */
export const makeCommit = async (
  { folder, gitWith }: Repository,
  { tip, blobs, message, author, time, attempt }: CommitValues,
): Promise<string> => {
  const index = gitWith({ GIT_INDEX_FILE: join(folder, `index-${attempt}`) });
  if (tip !== null) await index(['read-tree', tip]);
  await index(updateIndexArgs(blobs));
  // Content of the files that are not ours was never fetched.
  const tree = (await index(['write-tree', '--missing-ok'])).trim();
  const messageFile = join(folder, `message-${attempt}`);
  await writeFile(messageFile, message);
  return (await gitWith(identity(author, time))(commitTreeArgs(tree, tip, messageFile))).trim();
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
