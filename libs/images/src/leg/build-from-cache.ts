/** A cache makes a build faster and never fails it: one that breaks under the build is left out, and the build begun again. */
import type { LegSpec } from '@nx-ci-cache/config';
import { CiCacheError } from '@nx-ci-cache/process';
import { cacheBlobs, cacheProblems } from '../plan/cache';
import type { RegistryClient } from '../registry/client';
import { isCacheExportFailure } from './cache-export';
import type { Executed } from './execute';
import { chooseImport } from './import';

interface FromCacheOptions {
  readonly registry: RegistryClient;
  readonly spec: LegSpec;
  readonly emit: (line: string) => void;
}

/** @param build is given the cache it starts from, if any. @throws CiCacheError what the last build threw. */
export const buildFromCache = async (
  { registry, spec, emit }: FromCacheOptions,
  build: (importedCache?: string) => Promise<Executed>,
): Promise<Executed> => {
  const importedCache = await chooseImport(registry, spec, emit);
  if (importedCache === undefined) return build();
  try {
    return await build(importedCache);
  } catch (error) {
    const problem = await problemOf(registry, importedCache, error);
    if (problem === undefined) throw error;
    emit(`${spec.name}: ${problem}: built again without it`);
    return build();
  }
};

/** What the registry says of the cache now only decides about another try: the build's own error is the one to tell. */
const problemOf = async (registry: RegistryClient, cacheRef: string, error: unknown): Promise<string | undefined> => {
  if (!(error instanceof CiCacheError && error.code === 'CommandFailed') || isCacheExportFailure(error))
    return undefined;
  const [lost] = await cacheProblems(registry, cacheRef).catch(() => []);
  if (lost !== undefined) return lost.text;
  // It is there by its name only: BuildKit names what it could not fetch, or what came instead.
  const blobs = await cacheBlobs(registry, cacheRef).catch(() => []);
  return blobs.some((digest) => error.message.includes(digest))
    ? `the cache ref ${cacheRef} holds a layer that cannot be fetched`
    : undefined;
};
