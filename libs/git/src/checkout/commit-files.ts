/**
 * Files of a commit as a fresh clone checks them out: what the commit's attributes make of line ends, `$Id$` and encodings.
 * Git does it itself, in a repository of our own that borrows the objects: neither configuration nor attributes of this
 * clone have a say, and no filter is defined that could run.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { inPrivateFolder } from '@nx-ci-cache/process';
import { brokenOff } from '../command/answer';
import { checkOid } from '../oid';
import { checkout as checkoutOf, type Checkout } from './checkout';
import { gitPathOf, objectFormatOf } from './head';
import { recordsOf } from './records';

/** What decides how a file is checked out. */
export const checkoutAttributes = ['text', 'crlf', 'eol', 'ident', 'working-tree-encoding', 'filter'] as const;

/** Values by name, `set` and `unset` among them; what is not specified is left out. */
export type FileAttributes = Readonly<Partial<Record<(typeof checkoutAttributes)[number], string>>>;

/** Paths are relative to the top of the repository. */
export interface CommitFiles {
  /** One for each path, in their order. @throws CiCacheError `CommandFailed` */
  readonly attributesOf: (paths: readonly string[]) => Promise<readonly FileAttributes[]>;
  /** Writes the files below the folder, under their paths. @throws CiCacheError `CommandFailed` */
  readonly checkOut: (paths: readonly string[], folder: string) => Promise<void>;
}

/** @param commit full object id. */
export const withCommitFiles = async <Value>(
  checkout: Checkout,
  commit: string,
  work: (files: CommitFiles) => Promise<Value>,
): Promise<Value> => {
  checkOid(commit);
  return inPrivateFolder('ci-cache-commit-', async (folder) => {
    const workTree = join(folder, 'empty');
    await mkdir(workTree);
    const format = await objectFormatOf(checkout);
    await checkoutOf(folder).text(['init', '--quiet', '--template=', `--object-format=${format}`, '.']);
    const own = checkout.elsewhere({
      folder: workTree,
      gitDir: join(folder, '.git'),
      objects: await gitPathOf(checkout, 'objects'),
    });
    await own.text(['read-tree', commit]);
    return work({
      attributesOf: (paths) => attributesOf(own, paths),
      checkOut: async (paths, target) =>
        own.stream(['checkout-index', '-z', '--stdin', `--prefix=${target}/`], drain, listOf(paths)),
    });
  });
};

const attributesOf = async (own: Checkout, paths: readonly string[]): Promise<readonly FileAttributes[]> => {
  const count = checkoutAttributes.length;
  const args = ['check-attr', '--cached', '-z', '--stdin', ...checkoutAttributes];
  // A path, a name, a value: three records for each attribute of each path.
  const records = await own.stream(args, (pieces) => recordsOf('check-attr', pieces, (text) => text), listOf(paths));
  if (records.length !== paths.length * count * 3) throw brokenOff('check-attr');
  return paths.map((_path, at) =>
    Object.fromEntries(
      checkoutAttributes.flatMap((name, attribute) => {
        const value = records[(at * count + attribute) * 3 + 2] ?? '';
        return value === 'unspecified' ? [] : [[name, value]];
      }),
    ),
  );
};

const listOf = (paths: readonly string[]): string => paths.map((path) => `${path}\0`).join('');

const drain = async (pieces: AsyncIterable<Buffer>): Promise<void> => {
  for await (const piece of pieces) void piece;
};
