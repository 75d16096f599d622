/** Files of a checkout: those git knows or would take, and those that are not as a commit has them. */
import { existsSync } from 'node:fs';
import { commandOf } from '../command/git';
import type { Checkout } from './checkout';
import { withOwnIndex } from './own-index';
import { recordsOf } from './records';

/** Tracked ones and those git does not ignore, below the folder git runs in; a tracked one need not be there any more. */
export const filesOf = async (checkout: Checkout): Promise<string[]> =>
  list(checkout, ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);

/**
 * Those of `paths`, and of what lies below them, that are not as the commit has them.
 * @param ignored whether untracked files count that checkout or user ignore: below a folder they are no content, named one by one they are.
 */
export const editedPaths = async (
  checkout: Checkout,
  commit: string,
  paths: readonly string[],
  ignored: 'count' | 'pass' = 'pass',
): Promise<string[]> => {
  if (paths.length === 0) return [];
  const [changed, others] = await Promise.all([
    withOwnIndex(checkout, (own) => list(own, [...compare, commit, '--', ...paths])),
    ignored === 'count' ? list(checkout, [...untracked, '--', ...paths]) : untrackedNotIgnored(checkout, paths),
  ]);
  return [...new Set([...changed, ...others])].sort();
};

/** Submodules are repositories of their own: git would start another one in each, under its configuration. */
const compare = [
  'diff',
  '--ignore-submodules=all',
  '--no-ext-diff',
  '--no-textconv',
  '--no-renames',
  '--name-only',
  '--relative',
  '-z',
];

const untracked = ['ls-files', '--others', '-z'];
const notIgnored = [...untracked, '--exclude-standard', '--'];

/** What the user ignores everywhere is asked for only where it may matter. */
const untrackedNotIgnored = async (checkout: Checkout, paths: readonly string[]): Promise<string[]> => {
  const found = await list(checkout, [...notIgnored, ...paths]);
  const excludes = found.length === 0 ? undefined : await checkout.userExcludes();
  return excludes === undefined || !existsSync(excludes)
    ? found
    : list(checkout, ['-c', `core.excludesFile=${excludes}`, ...notIgnored, ...paths]);
};

const list = ({ stream }: Checkout, args: readonly string[]): Promise<string[]> =>
  stream(args, (pieces) => recordsOf(String(commandOf(args)), pieces, (path) => path));
