/** Files of a checkout: those git knows or would take, and those that are not as a commit has them. */
import type { Checkout } from './checkout';
import { recordsOf } from './records';

/** Tracked ones and those git does not ignore, below the folder git runs in; a tracked one need not be there any more. */
export const filesOf = async (checkout: Checkout): Promise<string[]> =>
  list(checkout, ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);

/**
 * Those of `paths`, and of what lies below them, that are not as the commit has them.
 * @param ignored whether files git ignores count: below a folder they are no content, named one by one they are.
 */
export const editedPaths = async (
  checkout: Checkout,
  commit: string,
  paths: readonly string[],
  ignored: 'count' | 'pass' = 'pass',
): Promise<string[]> => {
  if (paths.length === 0) return [];
  const [changed, untracked] = await Promise.all([
    list(checkout, [...compare, commit, '--', ...paths]),
    list(checkout, [...untrackedFiles, ...(ignored === 'pass' ? ['--exclude-standard'] : []), '--', ...paths]),
  ]);
  return [...new Set([...changed, ...untracked])].sort();
};

// Where a file was touched and not changed, `diff` renews what the index knows of it, GIT_OPTIONAL_LOCKS or not; told not
// to (`diff.autoRefreshIndex`) it would call that file changed.
const compare = ['diff', '--no-ext-diff', '--no-textconv', '--no-renames', '--name-only', '--relative', '-z'];
const untrackedFiles = ['ls-files', '--others', '-z'];

const list = ({ stream }: Checkout, args: readonly string[]): Promise<string[]> =>
  stream(args, (pieces) => recordsOf(String(args[0]), pieces, (path) => path));
