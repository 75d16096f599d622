/** Entries of a branch's root tree, and the check that what bears one of our names is a plain file. */
import { CiCacheError } from '@nx-ci-cache/process';
import { lsTreeArgs } from '../git/argv';
import type { Repository } from '../git/repository';

export interface TreeEntry {
  readonly mode: string;
  readonly type: string;
  readonly oid: string;
  readonly name: string;
}

const entry = /^(\d{6}) (\w+) ([0-9a-f]+)\t([^]*)$/;

export const parseTree = (stdout: string): TreeEntry[] =>
  stdout
    .split('\0')
    .filter((record) => record !== '')
    .map((record) => {
      const [, mode = '', type = '', oid = '', name = ''] = entry.exec(record) ?? [];
      return { mode, type, oid, name };
    });

/** All entries at the root of `commit`, folders included. */
export const readTree = async ({ git }: Repository, commit: string): Promise<TreeEntry[]> =>
  parseTree(await git(lsTreeArgs(commit)));

/** Object id of each of `files` that is there. @throws CiCacheError `PushRefused` for a link, a folder or an executable. */
export const plainFiles = (entries: readonly TreeEntry[], files: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    entries
      .filter(({ name }) => files.includes(name))
      .map(({ mode, name, oid }) => {
        if (mode === '100644') return [name, oid];
        throw new CiCacheError('PushRefused', `${name} on the branch is no plain file (mode ${mode})`, {
          remedy: `Look who changed ${name} on the branch, and remove it there by a commit of your own.`,
        });
      }),
  );
