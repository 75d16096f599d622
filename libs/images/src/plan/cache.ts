/** Whether a cache ref can really be imported: BuildKit would report hits on a cache whose layers are gone. */
import { counted, mapConcurrently } from '@nx-ci-cache/process';
import type { OciManifest } from '../registry/oci';
import type { RegistryClient } from '../registry/client';

/** BuildKit exports larger manifests and configs without a word and never imports them. */
const importLimit = 1024 * 1024;
const blobRequests = 8;

/** What is wrong with the cache at `cacheRef`, in words; empty when it is whole and, if one is named, the expected one. */
export const cacheProblems = async (
  registry: RegistryClient,
  cacheRef: string,
  expectedDigest?: string,
): Promise<string[]> => {
  const manifest = await registry.getManifest(cacheRef);
  if (manifest === undefined) return [`the cache ref ${cacheRef} is gone`];
  if (expectedDigest !== undefined && manifest.digest !== expectedDigest) {
    return [`the cache ref ${cacheRef} holds another cache than the recorded one`];
  }
  const { config, layers } = manifest.body as OciManifest;
  const oversized = [manifest.size, config.size].some((size) => size > importLimit);
  if (oversized) return [`the cache ref ${cacheRef} is over 1 MiB: BuildKit cannot import it`];
  const digests = [...new Set([config, ...layers].map(({ digest }) => digest))];
  const present = await mapConcurrently(digests, blobRequests, (digest) => registry.blobExists(cacheRef, digest));
  const missing = present.filter((exists) => !exists).length;
  return missing === 0 ? [] : [`the cache ref ${cacheRef} lacks ${missing} of its ${counted(digests.length, 'blob')}`];
};
