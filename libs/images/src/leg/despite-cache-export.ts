/** A cache that cannot be written costs the next build its time, and this one nothing: the image is made without it. */
import { CiCacheError } from '@nx-ci-cache/process';
import { isCacheExportFailure } from './cache-export';
import type { Executed } from './execute';

export interface ExecutedAnyhow extends Executed {
  /** Why the cache was not written; absent when it was, or was not to be. */
  readonly cacheFailure?: CiCacheError;
}

/** What the first build made is on its node, so the second one does no more than push the image. */
export const despiteCacheExport = async (
  { leg, emit }: { readonly leg: string; readonly emit: (line: string) => void },
  build: (exportCache: boolean) => Promise<Executed>,
): Promise<ExecutedAnyhow> => {
  try {
    return await build(true);
  } catch (error) {
    if (!(error instanceof CiCacheError && isCacheExportFailure(error))) throw error;
    emit(`${leg}: the image is built without a cache: ${exportFailed(error)}`);
    return { ...(await build(false)), cacheFailure: error };
  }
};

/** In the words of plan and report. */
export const exportFailed = ({ data }: CiCacheError): string =>
  data['class'] === 'dockerfile' ? 'its export failed' : `its export failed (${String(data['cause'])})`;

/** The leg's end where a missing cache is a failure. */
export const cacheIsMissing = (leg: string, missing: string, cacheFailure?: CiCacheError): CiCacheError =>
  new CiCacheError(
    cacheFailure?.code ?? 'RegistryFailed',
    [
      `the image of ${leg} is built and recorded, and its cache is missing: ${missing}`,
      ...(cacheFailure === undefined ? [] : [cacheFailure.message]),
    ].join('\n'),
    {
      remedy: cacheFailure?.remedy ?? 'Look at the registry in "cache", then run again: the cache is written anew.',
      data: { ...cacheFailure?.data, leg, cacheExport: true },
      cause: cacheFailure,
    },
  );
