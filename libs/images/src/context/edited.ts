/** Edits nobody committed: what is made from a commit would silently lack them, or hold them without saying so. */
import { CiCacheError } from '@nx-ci-cache/process';
import { git, type Source } from './git';

/**
 * Those of `paths`, and of what lies below them, that are not as the commit has them.
 * @param ignored whether files git ignores count: below a folder they are no content, named one by one they are.
 */
export const editedPaths = async (
  { workspaceRoot, commit }: Source,
  paths: readonly string[],
  ignored: 'count' | 'pass' = 'pass',
): Promise<string[]> => {
  if (paths.length === 0) return [];
  const [changed, untracked] = await Promise.all([
    git(workspaceRoot, [...compare, commit, '--', ...paths]),
    git(workspaceRoot, [...untrackedFiles, ...(ignored === 'pass' ? ['--exclude-standard'] : []), '--', ...paths]),
  ]);
  return [...new Set([...changed.split('\0'), ...untracked.split('\0')].filter((path) => path !== ''))].sort();
};

const compare = ['diff', '--no-ext-diff', '--no-textconv', '--no-renames', '--name-only', '--relative', '-z'];
const untrackedFiles = ['ls-files', '--others', '-z'];

/** @throws CiCacheError `OptionInvalid` naming the first of `paths`, if there are any. */
export const refuseEdited = (what: string, paths: readonly string[], remedy: string): void => {
  if (paths.length === 0) return;
  const shown = paths.slice(0, 5).join(', ') + (paths.length > 5 ? ` and ${paths.length - 5} more` : '');
  throw new CiCacheError('OptionInvalid', `${what} differ from the commit: ${shown}`, { remedy, data: { paths } });
};
