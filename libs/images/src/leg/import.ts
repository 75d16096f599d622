/**
 * Which cache a build starts from: its own where it is whole, else the first whole one of those it may start from, and never
 * two. BuildKit 0.34 on an empty node that imports two caches with a step in common takes that step now from one, now from
 * the other, and may miss all that come after it.
 */
import type { LegSpec } from '@nx-ci-cache/config';
import { CiCacheError } from '@nx-ci-cache/process';
import { inWords } from '@nx-ci-cache/records';
import { cacheProblems } from '../plan/cache';
import type { RegistryClient } from '../registry/client';

/**
 * A cache with a layer missing would be taken for a hit and then break the build: a whole one is imported, or none.
 * @throws CiCacheError `RegistryFailed`: the registry gives no clear answer about the leg's own.
 */
export const chooseImport = async (
  registry: RegistryClient,
  { name, cacheRef, startsFrom }: LegSpec,
  emit: (line: string) => void,
): Promise<string | undefined> => {
  const own = await cacheProblems(registry, cacheRef);
  if (own.length === 0) return cacheRef;
  for (const other of startsFrom) {
    const isWhole = await cacheProblems(registry, other).then(({ length }) => length === 0, notReadable);
    if (!isWhole) continue;
    emit(`${name}: starts from the cache ${other}: ${inWords(own).join('; ')}`);
    return other;
  }
  return undefined;
};

/** Another's cache is a help and no need: whoever may not read it builds without. */
const notReadable = (error: unknown): false => {
  if (error instanceof CiCacheError) return false;
  throw error;
};
