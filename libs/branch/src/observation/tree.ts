/** Entries of a branch's root tree, and the check that what bears one of our names is a plain file. */
import { CiCacheError } from '@nx-ci-cache/process';
import { lsTreeArgs } from '../git/argv';
import { remedies } from '../git/git';
import type { Repository } from '../git/repository';

export interface TreeEntry {
  readonly mode: string;
  readonly type: string;
  readonly oid: string;
  readonly name: string;
}

const entry = /^(\d{6}) (\w+) ([0-9a-f]+)\t([^]+)$/;
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** @throws CiCacheError `CommandFailed` for a list that breaks off: what is not in it would count as nobody's. */
export const parseTree = (stdout: string): TreeEntry[] => {
  const records = stdout.split('\0');
  if (records.pop() !== '') throw incomplete();
  return records.map((record) => {
    const [, mode = '', type = '', oid = '', name] = entry.exec(record) ?? [];
    if (name === undefined) throw incomplete();
    return { mode, type, oid, name };
  });
};

/** All entries at the root of `commit`, folders included. */
export const readTree = async ({ git }: Repository, commit: string): Promise<TreeEntry[]> => {
  const entries = parseTree(await git(lsTreeArgs(commit)));
  if (entries.length === 0 && (await git(['rev-parse', `${commit}^{tree}`])).trim() !== emptyTree) throw incomplete();
  return entries;
};

const incomplete = () =>
  new CiCacheError('CommandFailed', 'git ls-tree did not list the whole tree', { remedy: remedies.local });

const plain = '100644';
const executable = '100755';

/** Object id of each of `files` that is there. @throws CiCacheError `PushRefused` for a link, a folder or an executable. */
export const plainFiles = (entries: readonly TreeEntry[], files: readonly string[]): Readonly<Record<string, string>> =>
  filesOf(entries, files, [plain]);

/** Those of `files` that are there and may go. @throws CiCacheError `PushRefused` for a link or a folder. */
export const removableFiles = (entries: readonly TreeEntry[], files: readonly string[]): string[] =>
  Object.keys(filesOf(entries, files, [plain, executable]));

const filesOf = (
  entries: readonly TreeEntry[],
  files: readonly string[],
  modes: readonly string[],
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    entries
      .filter(({ name }) => files.includes(name))
      .map(({ mode, name, oid }) => {
        if (modes.includes(mode)) return [name, oid];
        throw new CiCacheError('PushRefused', `${name} on the branch is no plain file (mode ${mode})`, {
          remedy: `Look who changed ${name} on the branch, and remove it there by a commit of your own.`,
        });
      }),
  );
