/** Packages seen whatever the cut-off: up to just after the newest release the snapshot saw, which is a fact that can be hit. */
import { normaliseName } from '@nx-ci-cache/config';
import { CiCacheError } from '@nx-ci-cache/process';
import type { IndexFact } from '@nx-ci-cache/report';
import { readPage, type PageReader } from './page';
import { newestUpload } from './projects';

/**
 * @param indexes in the order they are asked.
 * @returns the instant up to which the package is seen, never before the cut-off.
 * @throws CiCacheError `ResolveFailed` when no index has the package, or its files have no upload times.
 */
export const exemptUntil = async (
  name: string,
  cutoff: string,
  indexes: readonly Pick<IndexFact, 'name' | 'url'>[],
  reader: PageReader,
): Promise<string> => {
  for (const index of indexes) {
    const page = await readPage(index, normaliseName(name), reader);
    if (!page.found) continue;
    const newest = newestUpload(page);
    if (newest !== undefined) return laterOf(cutoff, justAfter(newest));
    throw unknown(name, `its files at the index ${index.name} do not all say when they were uploaded`);
  }
  throw unknown(name, 'no index has it');
};

/** The cut-off is compared strictly, and in whole seconds. */
const justAfter = (instant: string): string =>
  new Date((Math.floor(Date.parse(instant) / 1000) + 1) * 1000).toISOString().replace('.000Z', 'Z');

const laterOf = (left: string, right: string): string => (Date.parse(left) > Date.parse(right) ? left : right);

const unknown = (name: string, why: string) =>
  new CiCacheError('ResolveFailed', `${name} cannot be exempt from the cut-off: ${why}`, {
    remedy: `Remove ${name} from "cutoffExempt", or correct its name.`,
    data: { name },
  });
