/** Git LFS without its program: a pointer names content by digest, and what was fetched lies in the repository's own store. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { commonFolderOf, configOf } from '@nx-ci-cache/git';
import { CiCacheError } from '@nx-ci-cache/process';
import { gitOf, type Source } from './source';

/** What a pointer stands for. */
export interface LfsContent {
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** No pointer is longer. */
export const pointerBytes = 1024;

const pointer = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\noid sha256:([0-9a-f]{64})\nsize (\d{1,15})\n?$/;
const anyPointer = /^version https?:\/\/(git-lfs\.github\.com\/|hawser\.github\.com\/|git-media\.io\/)/;

/** Undefined for a file that is no pointer, which Git LFS checks out as it is. @throws CiCacheError `OptionInvalid` */
export const parsePointer = (path: string, text: string): LfsContent | undefined => {
  const [, sha256, size = ''] = pointer.exec(text) ?? [];
  if (sha256 !== undefined) return { sha256, size: Number(size) };
  if (!anyPointer.test(text)) return undefined;
  throw new CiCacheError(
    'OptionInvalid',
    `${path} is a Git LFS pointer of another form than version 1 without extensions`,
    {
      remedy: `Write it anew with git lfs migrate, or exclude ${path} in .dockerignore.`,
      data: { path },
    },
  );
};

/** Absolute path of the folder that holds fetched content; it need not be there. */
export const lfsStore = async (source: Source): Promise<string> => {
  const git = gitOf(source);
  const [common, storage] = await Promise.all([commonFolderOf(git), configOf(git, 'lfs.storage')]);
  return join(resolve(common, storage.at(-1) ?? 'lfs'), 'objects');
};

const placeOf = (store: string, { sha256 }: LfsContent): string =>
  join(store, sha256.slice(0, 2), sha256.slice(2, 4), sha256);

/** @throws CiCacheError `OptionInvalid` when the content is not there in full. */
export const checkFetched = async (store: string, path: string, content: LfsContent): Promise<void> => {
  const size = await stat(placeOf(store, content)).then(
    (found) => found.size,
    () => undefined,
  );
  if (size !== content.size) throw notFetched(path, content, 'was not fetched');
};

/** Copies the content, and proves the copy. @throws CiCacheError `OptionInvalid` */
export const copyContent = async (store: string, path: string, content: LfsContent, target: string): Promise<void> => {
  await copyFile(placeOf(store, content), target);
  if (!(await isContent(target, content))) throw notFetched(path, content, 'is damaged in the store of this clone');
};

/** Whether the file is that content. */
export const isContent = async (file: string, { sha256, size }: LfsContent): Promise<boolean> => {
  if ((await stat(file).catch(() => undefined))?.size !== size) return false;
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  return hash.digest('hex') === sha256;
};

const notFetched = (path: string, { sha256 }: LfsContent, what: string) =>
  new CiCacheError('OptionInvalid', `${path} is a Git LFS pointer, and the content it names ${what}`, {
    remedy: `Run git lfs pull (in CI: check out with LFS), or exclude ${path} in .dockerignore.`,
    data: { path, sha256 },
  });
