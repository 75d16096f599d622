/** Packages seen whatever the cut-off: up to just after the newest release the snapshot saw, which is a fact that can be hit. */
import { normaliseName } from '@nx-ci-cache/config';
import { CiCacheError } from '@nx-ci-cache/process';
import { indexesFor, type IndexFacts } from './facts';
import { readPage, type PageReader } from './page';
import { newestUpload } from './projects';

/**
 * @param indexes asked in their order; the first that has the package counts, unless their strategy takes from all.
 * @returns the instant up to which the package is seen, never before the cut-off.
 * @throws CiCacheError `ResolveFailed` when no index has the package, or its files have no upload times.
 */
export const exemptUntil = async (
  name: string,
  cutoff: string,
  indexes: IndexFacts,
  reader: PageReader,
): Promise<string> => {
  let until: string | undefined;
  for (const index of indexesFor(normaliseName(name), indexes)) {
    const page = await readPage(index, normaliseName(name), reader);
    if (!page.found) continue;
    const newest = newestUpload(page);
    if ('unknown' in newest) throw unknown(name, `at the index ${index.name} ${newest.unknown}`);
    until = laterOf(until ?? cutoff, justAfter(newest.at));
    if (indexes.indexStrategy === undefined) break;
  }
  if (until === undefined) throw unknown(name, 'no index has it');
  return until;
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
