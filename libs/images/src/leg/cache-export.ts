/** A cache that cannot be written costs the next build its time, and this one nothing: the image is made without it. */
import { CiCacheError } from '@nx-ci-cache/process';
import type { Vertex } from '../progress/progress';
import type { Executed } from './execute';

export const isCacheExport = ({ name }: Pick<Vertex, 'name'>): boolean => name.startsWith('exporting cache');

export interface CacheExportWatch {
  readonly onVertex: (vertex: Vertex) => void;
  /** Whether the build waits for nothing else any more. */
  readonly isAlone: () => boolean;
}

export const cacheExportWatch = (): CacheExportWatch => {
  const atWork = new Map<string, Vertex>();
  return {
    onVertex: (vertex) => {
      if (vertex.startedAt === undefined || vertex.completed) atWork.delete(vertex.digest);
      else atWork.set(vertex.digest, vertex);
    },
    isAlone: () => atWork.size > 0 && [...atWork.values()].every(isCacheExport),
  };
};

export const cacheHung = (leg: string, cause: unknown): CiCacheError =>
  new CiCacheError('CommandFailed', `the cache export of ${leg} did not end, and was ended`, {
    remedy: 'Check that the registry in "cache" answers and takes large uploads, then run again.',
    data: { leg, cacheExport: true, cause: 'did not end', transient: false },
    cause,
  });

export const isCacheExportFailure = ({ data }: CiCacheError): boolean => data['cacheExport'] === true;

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
