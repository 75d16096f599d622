/** Entries of a git tree as values. */
import { brokenOff } from '../command/answer';
import type { LocalGit } from '../command/git';
import { printedOids } from '../oid';
import type { Reader } from './checkout';
import { recordsOf } from './records';

export interface TreeEntry {
  /** `100644`, `100755`, `120000` (symbolic link), `160000` (submodule), or `040000` (folder). */
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly oid: string;
  /** Relative to the listed folder. */
  readonly path: string;
}

const entry = /^(\d{6}) (blob|tree|commit) ([0-9a-f]{40}|[0-9a-f]{64})\t([^]+)$/;

/** One record of `ls-tree -z`. Group-writable files of old trees become plain ones, as in a checkout. @throws CiCacheError `CommandFailed` */
const parseEntry = (record: string): TreeEntry => {
  const [, mode = '', type, oid = '', path = ''] = entry.exec(record) ?? [];
  if (type === undefined) throw brokenOff('ls-tree', `the entry ${JSON.stringify(record)}`);
  return { mode: mode === '100664' ? '100644' : mode, type: type as TreeEntry['type'], oid, path };
};

const parseEntries = (pieces: AsyncIterable<Buffer>): Promise<TreeEntry[]> => recordsOf('ls-tree', pieces, parseEntry);

/** Ids of a tree without entries, in both formats of objects. */
const emptyTrees = [
  '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
];

/**
 * The root of `tree` (a tree, a commit, or `<commit>:<folder>`), or with `recursive` all files below it.
 * @throws CiCacheError `CommandFailed` for a list that breaks off: what is not in it would count as nobody's.
 */
export const treeOf = async (
  { text, stream }: Reader,
  tree: string,
  { recursive = false } = {},
): Promise<TreeEntry[]> => {
  const entries = await stream(['ls-tree', '-z', '--full-tree', ...(recursive ? ['-r'] : []), tree], parseEntries);
  if (entries.length === 0) await checkEmpty(text, tree);
  return entries;
};

/** Nothing listed may be an answer that was lost. @throws CiCacheError `CommandFailed` */
const checkEmpty = async (git: LocalGit, tree: string): Promise<void> => {
  const folder = tree.includes(':') ? tree : `${tree}^{tree}`;
  const [oid = ''] = printedOids('rev-parse', await git(['rev-parse', '--verify', folder]));
  if (!emptyTrees.includes(oid)) throw brokenOff('ls-tree', 'the tree');
};

/**
 * Those of `paths` that are in `commit`, relative to the folder git runs in; with `above` what leads to them too.
 * @throws CiCacheError `CommandFailed` for a list that breaks off.
 */
export const entriesAt = (
  { stream }: Pick<Reader, 'stream'>,
  commit: string,
  paths: readonly string[],
  { above = false } = {},
): Promise<TreeEntry[]> => stream(['ls-tree', '-z', ...(above ? ['-t'] : []), commit, '--', ...paths], parseEntries);
