/**
 * A `.git` for programs that ask where the sources stand (`git describe`, `rev-parse`, `status`, `log`): the same bytes for
 * the same commit and tags, whatever this clone has beside them. It holds the whole history of commits, the tags that lead to
 * them, and the files of the one commit; no branch, no remote, no configuration of this clone, and no file of the past.
 */
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text as whole } from 'node:stream/consumers';
import { brokenOff } from '../command/answer';
import { printedOids } from '../oid';
import type { Checkout } from './checkout';
import { objectFormatOf } from './head';

export interface GitTag {
  /** E.g. `refs/tags/v1.0`. */
  readonly ref: string;
  /** Of the tag itself where it is annotated. */
  readonly oid: string;
}

/** Tags of the commit and of its ancestors, in the order of their names. @throws CiCacheError `CommandFailed` */
export const tagsWithin = async ({ text }: Checkout, commit: string): Promise<readonly GitTag[]> => {
  const lines = (
    await text(['for-each-ref', `--merged=${commit}`, '--format=%(objectname) %(refname)', 'refs/tags'])
  ).split('\n');
  if (lines.pop() !== '') throw brokenOff('for-each-ref');
  return lines.map((line) => {
    const at = line.indexOf(' ');
    return { oid: line.slice(0, at), ref: line.slice(at + 1) };
  });
};

/** What a clone may configure of packs and indexes must not show. */
const plain = [
  ...['pack.threads=1', 'pack.compression=6', 'pack.indexVersion=2', 'pack.packSizeLimit=0'],
  ...['pack.writeReverseIndex=false', 'pack.writeBitmaps=false', 'index.version=2', 'index.skipHash=false'],
  ...['index.sparse=false', 'feature.manyFiles=false', 'core.untrackedCache=false'],
].flatMap((pair) => ['-c', pair]);

/** @param folder absolute path, which is not there yet. @throws CiCacheError `CommandFailed` */
export const writeGitFolder = async (
  checkout: Checkout,
  commit: string,
  tags: readonly GitTag[],
  folder: string,
): Promise<void> => {
  for (const made of ['objects/pack', 'objects/info', 'refs/heads', 'refs/tags'])
    await mkdir(join(folder, made), { recursive: true });
  await writeFile(join(folder, 'HEAD'), `${commit}\n`);
  await writeFile(join(folder, 'packed-refs'), tags.map(({ oid, ref }) => `${oid} ${ref}\n`).join(''));
  await writeFile(join(folder, 'config'), configOf(await objectFormatOf(checkout)));
  await writePack(checkout, commit, tags, join(folder, 'objects/pack/pack'));
  await checkout.withIndex(join(folder, 'index')).text([...plain, 'read-tree', commit]);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  await chmod(folder, 0o755);
};

const configOf = (format: string): string =>
  [
    '[core]',
    `\trepositoryformatversion = ${format === 'sha1' ? 0 : 1}`,
    '\tfilemode = true',
    '\tbare = false',
    ...(format === 'sha1' ? [] : ['[extensions]', `\tobjectformat = ${format}`]),
    '',
  ].join('\n');

const writePack = async (checkout: Checkout, commit: string, tags: readonly GitTag[], path: string): Promise<void> => {
  const list = ['rev-list', '--objects', '--no-object-names'];
  const ids = [commit, ...tags.map(({ oid }) => oid)].map((oid) => `${oid}\n`).join('');
  const history = await checkout.stream([...list, '--filter=tree:0', '--stdin'], whole, ids);
  const files = await checkout.stream([...list, '--no-walk', commit], whole);
  const objects = [...new Set(`${history}${files}`.split('\n'))].filter((oid) => oid !== '').sort();
  // Nothing of another pack is taken over: how far it was compressed would show.
  const args = ['pack-objects', '--quiet', '--window=0', '--no-reuse-object', path];
  printedOids(
    'pack-objects',
    await checkout.stream([...plain, ...args], whole, objects.map((oid) => `${oid}\n`).join('')),
  );
};
