/** One look at an index before a run needs it: that it answers, and says of its files when they were uploaded. */
import { normaliseName } from '@nx-ci-cache/config';
import { CiCacheError } from '@nx-ci-cache/process';
import type { IndexFact } from '@nx-ci-cache/records';
import { readPage, type PageReader } from './page';
import { newestUpload } from './projects';

/**
 * What there is to say of it, in words; an index that has no such project says nothing of upload times.
 * @throws CiCacheError `ResolveFailed`: no clear answer, or files without upload time.
 */
export const lookAtIndex = async (
  index: Pick<IndexFact, 'name' | 'url'>,
  project: string,
  reader: PageReader,
): Promise<string> => {
  const page = await readPage(index, normaliseName(project), reader);
  if (!page.found) return `${index.name} answers, and has no ${project}`;
  const newest = newestUpload(page);
  if ('at' in newest) return `${index.name} answers, with upload times`;
  throw new CiCacheError('ResolveFailed', `${project} at the index ${index.name}: ${newest.unknown}`, {
    remedy: 'Serve the Simple API as JSON with upload times, or write "uploadTimes": false beside that index.',
  });
};
