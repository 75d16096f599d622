/** Which paths a build asks of a context that are not in it: known from names alone, without a look into any file. */
import { posix } from 'node:path';
import { entriesAt, treeOf, type TreeEntry } from '@nx-ci-cache/git';
import { filterOf, ignoreFileOf } from './ignore-file';
import { gitOf, type Source } from './source';

export interface AskedContext {
  /** Relative to the workspace. */
  readonly folder: string;
  /** The Dockerfile, whose own ignore file counts before the folder's. */
  readonly dockerfile?: string;
  /** Relative to the folder. */
  readonly paths: readonly string[];
}

export interface Lacking {
  readonly path: string;
  /** Ignore file that leaves it out; absent for what is not in the commit. */
  readonly ignoredBy?: string;
}

export const lackingPaths = async (source: Source, asked: AskedContext): Promise<readonly Lacking[]> => {
  const paths = [...new Set(asked.paths)].filter((path) => path !== '');
  if (paths.length === 0) return [];
  const folder = posix.normalize(asked.folder);
  const at = (path: string) => posix.join(folder, path);
  const [entries, ignore] = await Promise.all([
    entriesAt(gitOf(source), source.commit, paths.map(at), { above: true }),
    ignoreFileOf(source, folder, asked.dockerfile),
  ]);
  const found = new Map(entries.map((entry) => [entry.path, entry]));
  const includes = filterOf(ignore);
  const lacking: Lacking[] = [];
  for (const path of paths) {
    const entry = found.get(at(path));
    // What lies behind a link or in another repository is the build's to find.
    if (foldersAbove(path).some((above) => leadsElsewhere(found.get(at(above))))) continue;
    if (entry === undefined) lacking.push({ path });
    else if (ignore !== undefined && !includes(path) && !(await holdsAny(source, entry, path, includes)))
      lacking.push({ path, ignoredBy: ignore.path });
  }
  return lacking;
};

/** An ignored folder is there all the same when an exception keeps something of it. */
const holdsAny = async (
  source: Source,
  { type, oid }: TreeEntry,
  path: string,
  includes: (path: string) => boolean,
): Promise<boolean> =>
  type === 'tree' &&
  (await treeOf(gitOf(source), oid, { recursive: true })).some((file) => includes(posix.join(path, file.path)));

const leadsElsewhere = (entry: TreeEntry | undefined): boolean => entry?.mode === '120000' || entry?.mode === '160000';

const foldersAbove = (path: string): readonly string[] => {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
};
