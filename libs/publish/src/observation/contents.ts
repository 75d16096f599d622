/** Content of files by object id: fetched in one transfer, because a partial repository does not hold any. */
import { fetchBlobsArgs } from '../git/argv';
import type { Repository } from '../git/repository';

/** Text of each named blob. @throws CiCacheError `CommandFailed` */
export const readBlobs = async (
  repository: Repository,
  blobs: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> => {
  const missing = await missingOf(repository, [...new Set(Object.values(blobs))]);
  if (missing.length > 0) await repository.ask(fetchBlobsArgs(missing));
  const texts: Record<string, string> = {};
  for (const [file, blob] of Object.entries(blobs)) texts[file] = await repository.git(['cat-file', 'blob', blob]);
  return texts;
};

/** A server without filters has sent all content already. */
const missingOf = async ({ git }: Repository, blobs: readonly string[]): Promise<string[]> => {
  const present = new Set((await git(['cat-file', '--batch-all-objects', '--batch-check=%(objectname)'])).split('\n'));
  return blobs.filter((blob) => !present.has(blob));
};
