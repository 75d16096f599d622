/** The check that what bears one of our names on the branch is a plain file. */
import type { TreeEntry } from '@nx-ci-cache/git';
import { CiCacheError } from '@nx-ci-cache/process';

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
      .filter(({ path }) => files.includes(path))
      .map(({ mode, path: name, oid }) => {
        if (modes.includes(mode)) return [name, oid];
        throw new CiCacheError('PushRefused', `${name} on the branch is no plain file (mode ${mode})`, {
          remedy: `Look who changed ${name} on the branch, and remove it there by a commit of your own.`,
        });
      }),
  );
