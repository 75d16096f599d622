/** The instant up to which this run sees the index: given for it, that of the published files, or the newest that has settled. */
import { invalid, type Switches } from '@nx-ci-cache/config';
import type { Config } from '@nx-ci-cache/records';
import { cutoffAt, latestCutoff } from '@nx-ci-cache/constraints';

/**
 * @param published cut-off of the published files, undefined where they do not count.
 * @throws CiCacheError `OptionInvalid` for a given one that has not settled: pages kept elsewhere need not hold it yet.
 */
export const cutoffOf = (
  given: Switches['cutoff'],
  published: string | undefined,
  { index }: Pick<Config, 'index'>,
  now = new Date(),
): string => {
  const latest = latestCutoff(now, index);
  if (given !== undefined && given > latest) {
    const allowed = `an instant no later than ${latest}, which is now − index.settle`;
    const remedy = 'Correct --cutoff or CI_CACHE_CUTOFF, or leave it out.';
    throw invalid({ file: 'switches', key: 'cutoff' }, given, allowed, remedy);
  }
  const settled = published !== undefined && published <= latest ? published : undefined;
  return given ?? settled ?? cutoffAt(now, index);
};
