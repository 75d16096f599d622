/** Content of files by object id: fetched in one transfer, because a partial repository does not hold any. */
import { contentOf, eachObject, type Repository } from '@nx-ci-cache/git';
import { fetchBlobsArgs } from '../git/argv';

/** Text of each named blob. @throws CiCacheError `CommandFailed`, also for an answer that breaks off. */
export const readBlobs = async (
  repository: Repository,
  blobs: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> => {
  const missing = await missingOf(repository, [...new Set(Object.values(blobs))]);
  if (missing.length > 0) await repository.ask(fetchBlobsArgs(missing));
  const texts = new Map<string, string>();
  await eachObject(repository.reader, [...new Set(Object.values(blobs))], async (object) => {
    texts.set(object.oid, (await contentOf(object)).toString('utf8'));
  });
  return Object.fromEntries(Object.entries(blobs).map(([file, blob]) => [file, texts.get(blob) ?? '']));
};

/** A server without filters has sent all content already. */
const missingOf = async ({ git }: Repository, blobs: readonly string[]): Promise<string[]> => {
  const present = new Set((await git(['cat-file', '--batch-all-objects', '--batch-check=%(objectname)'])).split('\n'));
  return blobs.filter((blob) => !present.has(blob));
};
