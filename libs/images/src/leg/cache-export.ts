/** The export of a leg's cache as part of its build: which vertices it is, and how its failure is told from another. */
import { CiCacheError } from '@nx-ci-cache/process';
import type { Vertex } from '../progress/progress';

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
