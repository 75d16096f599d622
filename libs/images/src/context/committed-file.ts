/** A file the build is told by, as a checkout of the commit would open it: what a symbolic link names, not the link's text. */
import { posix } from 'node:path';
import { followed, textOf, type Followed } from '@nx-ci-cache/git';
import { CiCacheError } from '@nx-ci-cache/process';
import { gitOf, type Source } from './source';

export interface CommittedFile {
  /** Relative to the workspace, as it was asked for. */
  readonly path: string;
  readonly text: string;
  /** Where it truly lies, and the links that lead there: an edit of any of them changes it. */
  readonly readFrom: readonly string[];
}

/**
 * Undefined where nothing of that name is.
 * @param stays whether a link must stay in its folder, outside which BuildKit does not look for it.
 * @throws CiCacheError `OptionInvalid`: a link that leads out, round or to nothing, and what is no file.
 */
export const committedFile = async (
  source: Source,
  path: string,
  { stays = false } = {},
): Promise<CommittedFile | undefined> => {
  const git = gitOf(source);
  const found = await followed(git, source.commit, path);
  if (found.end === 'nothing' && found.linkAt === undefined) return undefined;
  if (found.end !== 'entry') throw linkInvalid(path, wordsOf(found, source));
  const { entry, links, linkAt } = found;
  if (entry.type !== 'blob') throw linkInvalid(path, 'is no file');
  const folder = linkAt === undefined ? undefined : posix.dirname(linkAt);
  if (stays && folder !== undefined && posix.relative(folder, entry.path).startsWith('../'))
    throw linkInvalid(path, `is a symbolic link to ${entry.path}, out of ${folder}, where BuildKit does not look`);
  return { path, text: await textOf(git, entry.oid), readFrom: [...links, entry.path] };
};

const wordsOf = (found: Exclude<Followed, { readonly end: 'entry' }>, { commit }: Source): string => {
  switch (found.end) {
    case 'outside':
      return `leads out of the repository by the symbolic link ${found.link} → ${found.target}`;
    case 'loop':
      return `leads round by the symbolic link ${found.link} → ${found.target}`;
    case 'nothing':
      return `is a symbolic link to ${found.path}, which is not in commit ${commit.slice(0, 12)}`;
  }
};

const linkInvalid = (path: string, words: string) =>
  new CiCacheError('OptionInvalid', `${path} ${words}`, {
    remedy: `Commit a file, or a link to one, as ${path}.`,
    data: { path },
  });
