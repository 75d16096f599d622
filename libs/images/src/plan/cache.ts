/** Whether a cache ref can really be imported: BuildKit would report hits on a cache whose layers are gone. */
import { counted, mapConcurrently } from '@nx-ci-cache/process';
import type { Reason } from '@nx-ci-cache/records';
import { isIndex, type Descriptor, type OciIndex, type OciManifest } from '../registry/oci';
import type { Manifest, RegistryClient } from '../registry/client';

/** BuildKit exports larger manifests and configs without a word and never imports them. */
const importLimit = 1024 * 1024;
const blobRequests = 8;
/** Of the blob that says which layer a step made; a version follows. */
const configType = 'application/vnd.buildkit.cacheconfig.';

/** What is wrong with the cache at `cacheRef`; empty when it is whole and, if one is named, the expected one. */
export const cacheProblems = async (
  registry: RegistryClient,
  cacheRef: string,
  expectedDigest?: string,
): Promise<Reason[]> => {
  const manifest = await registry.getManifest(cacheRef);
  if (manifest === undefined) return [{ kind: 'cache-gone', text: `the cache ref ${cacheRef} is gone` }];
  if (expectedDigest !== undefined && manifest.digest !== expectedDigest) {
    return [{ kind: 'cache-moved', text: `the cache ref ${cacheRef} holds another cache than the recorded one` }];
  }
  const blobs = blobsOf(manifest);
  const config = blobs.find(({ mediaType }) => mediaType.startsWith(configType));
  const oversized = [manifest.size, config?.size ?? 0].some((size) => size > importLimit);
  if (oversized)
    return [{ kind: 'cache-broken', text: `the cache ref ${cacheRef} is over 1 MiB: BuildKit cannot import it` }];
  const digests = [...new Set(blobs.map(({ digest }) => digest))];
  const present = await mapConcurrently(digests, blobRequests, (digest) => registry.blobExists(cacheRef, digest));
  const missing = present.filter((exists) => !exists).length;
  const text = `the cache ref ${cacheRef} lacks ${missing} of its ${counted(digests.length, 'blob')}`;
  return missing === 0 ? [] : [{ kind: 'cache-broken', text }];
};

/** Digests of what a cache consists of; empty when there is none. @throws CiCacheError `RegistryFailed`. */
export const cacheBlobs = async (registry: RegistryClient, cacheRef: string): Promise<string[]> => {
  const manifest = await registry.getManifest(cacheRef);
  return manifest === undefined ? [] : [...new Set(blobsOf(manifest).map(({ digest }) => digest))];
};

/** Whether it is one of BuildKit's, and no image. */
export const isBuildCache = ({ body }: Manifest): boolean => {
  const { config, manifests = [] } = body as Partial<OciManifest & OciIndex>;
  return [config, ...manifests].some((blob) => blob?.mediaType.startsWith(configType));
};

/** Ours are image manifests; by default BuildKit lists the same blobs in an index. */
const blobsOf = ({ mediaType, body }: Manifest): readonly Descriptor[] => {
  if (isIndex(mediaType)) return (body as OciIndex).manifests;
  const { config, layers } = body as OciManifest;
  return [config, ...layers];
};
