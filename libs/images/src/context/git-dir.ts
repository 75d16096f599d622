/** The `.git` of a context, where an image asks for one: only of the commit and its tags, so that its digest is theirs. */
import { isShallow, prefixOf, tagsWithin, type GitTag } from '@nx-ci-cache/git';
import { CiCacheError, digestOf } from '@nx-ci-cache/process';
import type { ContextFilter } from './ignore';
import { gitOf, type Source } from './source';

export interface GitDir {
  readonly source: Source;
  readonly tags: readonly GitTag[];
  /** Over the commit, and name and object id of every tag within its history. */
  readonly digest: string;
}

/**
 * @param folder of the context, relative to the workspace.
 * @throws CiCacheError `OptionInvalid` where a plain build of a clean checkout would find no `.git`, or an incomplete one.
 */
export const readGitDir = async (source: Source, folder: string, filter: ContextFilter): Promise<GitDir> => {
  const git = gitOf(source);
  if (folder !== '' || (await prefixOf(git)) !== '')
    throw refused(
      `the context ${folder || '.'} is not the top folder of the repository, where .git lies`,
      'Make that folder the context ("{workspaceRoot}"), or take "gitDir" away.',
    );
  const ignored = ['.git', '.git/HEAD', '.git/objects/pack'].find((path) => !filter(path));
  if (ignored !== undefined)
    throw refused(
      `"gitDir" asks for .git, and the ignore file of the context excludes ${ignored}`,
      'Take that pattern out of the ignore file, or "gitDir" away.',
    );
  if (await isShallow(git))
    throw refused(
      '"gitDir" asks for .git, and the history of this clone was cut off',
      'Run git fetch --unshallow --tags (in CI: check out the whole history with its tags).',
    );
  const tags = await tagsWithin(git, source.commit);
  return { source, tags, digest: digestOf({ commit: source.commit, tags }) };
};

const refused = (message: string, remedy: string) => new CiCacheError('OptionInvalid', message, { remedy });
