/** Content of files by object id: fetched in one transfer, because a partial repository does not hold any. */
import { createHash } from 'node:crypto';
import { CiCacheError } from '@nx-ci-cache/process';
import { fetchBlobsArgs } from '../git/argv';
import { remedies } from '../git/git';
import type { Repository } from '../git/repository';

/** Text of each named blob. @throws CiCacheError `CommandFailed`, also for an answer that breaks off. */
export const readBlobs = async (
  repository: Repository,
  blobs: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> => {
  const missing = await missingOf(repository, [...new Set(Object.values(blobs))]);
  if (missing.length > 0) await repository.ask(fetchBlobsArgs(missing));
  const texts: Record<string, string> = {};
  for (const [file, blob] of Object.entries(blobs)) {
    const text = await repository.git(['cat-file', 'blob', blob]);
    if (!isWhole(text, blob)) throw incomplete(file);
    texts[file] = text;
  }
  return texts;
};

/** What is no UTF-8 has been replaced and cannot be compared: a file of others may hold it, and a push takes it away. */
const isWhole = (text: string, blob: string): boolean =>
  text.includes('\ufffd') ||
  createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex') === blob;

const incomplete = (file: string) =>
  new CiCacheError('CommandFailed', `git cat-file did not print the whole of ${file}`, { remedy: remedies.local });

/** A server without filters has sent all content already. */
const missingOf = async ({ git }: Repository, blobs: readonly string[]): Promise<string[]> => {
  const present = new Set((await git(['cat-file', '--batch-all-objects', '--batch-check=%(objectname)'])).split('\n'));
  return blobs.filter((blob) => !present.has(blob));
};
