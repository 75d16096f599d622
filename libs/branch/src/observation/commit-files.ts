/** Reads a published commit back: the files consumers get are those of exactly this commit, not of a branch that moves. */
import { checkOid, isNotOffered, treeOf, withRepository, type RemoteAccess, type Repository } from '@nx-ci-cache/git';
import { parseTrailers, type Trailers } from '../content/trailers';
import { fetchCommitArgs } from '../git/argv';
import { readBlobs } from './contents';
import { plainFiles } from './tree';

export interface CommitFiles {
  /** Text by path; a wanted file that is not in the commit is left out. */
  readonly files: Readonly<Record<string, string>>;
  readonly message: string;
  readonly trailers: Trailers;
  /** When it was made, ISO 8601 UTC, as whoever made it says. */
  readonly committedAt: string;
}

/**
 * Those of `paths` in `commit`; others' files may be many and large, and are not fetched. Whatever stands in them is given:
 * `checkPublished` comes before a consumer.
 * @throws CiCacheError `PushRefused` when a wanted path is a link or an executable;
 * `CommandFailed` when the remote does not answer or does not have the commit.
 */
export const readCommitFiles = async (
  url: string,
  commit: string,
  paths: readonly string[],
  access: Omit<RemoteAccess, 'url'> = {},
): Promise<CommitFiles> => {
  checkOid(commit);
  try {
    return await read({ ...access, url }, fetchCommitArgs(commit), commit, paths);
  } catch (error) {
    // A server of git's first protocol hands out no content by its id, only with the commit.
    if (!isNotOffered(error)) throw error;
    return read({ ...access, url }, fetchCommitArgs(commit, 'with content'), commit, paths);
  }
};

const read = (
  access: RemoteAccess,
  fetchArgs: readonly string[],
  commit: string,
  paths: readonly string[],
): Promise<CommitFiles> =>
  withRepository(access, async (repository) => {
    await repository.ask(fetchArgs);
    const entries = await treeOf(repository.reader, commit, { recursive: paths.some((path) => path.includes('/')) });
    const files = await readBlobs(repository, plainFiles(entries, paths));
    const text = await readText(repository, commit);
    const message = messageIn(text);
    return { files, message, trailers: parseTrailers(message), committedAt: timeIn(text) };
  });

/** The commit's message as it was written, without a pager, colours or re-encoding. */
export const readMessage = async (repository: Repository, commit: string): Promise<string> =>
  messageIn(await readText(repository, commit));

const readText = ({ git }: Repository, commit: string): Promise<string> => git(['cat-file', 'commit', commit]);

const messageIn = (text: string): string => text.replace(/^[^]*?\n\n/, '');

const timeIn = (text: string): string => {
  const [, seconds = '0'] = /^committer .* (\d+) [+-]\d{4}$/m.exec(text) ?? [];
  return new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z');
};
