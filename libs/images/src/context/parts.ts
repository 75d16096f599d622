/** A context's files by the repository they come from: the workspace's own one, and submodules at their recorded commits. */
import { posix } from 'node:path';
import { treeOf, type TreeEntry } from '@nx-ci-cache/git';
import { CiCacheError } from '@nx-ci-cache/process';
import { asCheckedOut, type ContextFile } from './as-checkout';
import type { ContextFilter } from './ignore';
import { gitOf, type Source } from './source';
import { submoduleSource } from './submodule';

export interface ContextPart {
  readonly source: Source;
  /** Folder of the repository, relative to where its source is seen from; empty for all of it. */
  readonly folder: string;
  /** Where it lies in the context; empty for what is no submodule. */
  readonly at: string;
  /** Paths are relative to the folder. */
  readonly files: readonly ContextFile[];
}

/** @throws CiCacheError `OptionInvalid` naming the file or the submodule. */
export const contextParts = async (
  source: Source,
  folder: string,
  filter: ContextFilter,
  at = '',
): Promise<readonly ContextPart[]> => {
  const all = await treeOf(gitOf(source), `${source.commit}:./${folder}`, { recursive: true });
  const included = all.filter(({ type, path }) => type === 'blob' && filter(posix.join(at, path)));
  refuseOtherNames(included);
  const parts = [{ source, folder, at, files: await asCheckedOut(source, folder, all, included) }];
  for (const { type, path, oid } of all) {
    const inContext = posix.join(at, path);
    if (type !== 'commit' || !filter.entersFolder(inContext)) continue;
    parts.push(
      ...(await contextParts(await submoduleSource(source, posix.join(folder, path), oid), '', filter, inContext)),
    );
  }
  return parts;
};

/** Every file, by its path in the context. */
export const filesOfParts = (parts: readonly ContextPart[]): readonly ContextFile[] =>
  parts.flatMap(({ at, files }) =>
    at === '' ? files : files.map((file) => ({ ...file, path: posix.join(at, file.path) })),
  );

/** Decoded they hold U+FFFD for what is no UTF-8, and would be staged under another name. @throws CiCacheError `OptionInvalid` */
const refuseOtherNames = (files: readonly TreeEntry[]): void => {
  const other = files.find(({ path }) => path.includes('\uFFFD'));
  if (other === undefined) return;
  const path = other.path.replaceAll('\uFFFD', '\\x??');
  throw new CiCacheError('OptionInvalid', `the name of a file of the context is not UTF-8: ${path}`, {
    remedy: 'Rename the file in UTF-8, or exclude it in .dockerignore by a pattern with * in place of \\x??.',
    data: { path },
  });
};
