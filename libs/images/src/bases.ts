/** Digests of base images: the index digest, because it is what BuildKit keys on. */
import { mapConcurrently } from '@nx-ci-cache/process';
import type { RegistryClient } from './registry/client';
import { registryFailed } from './registry/failure';

const requests = 8;

/** The digest of each reference now. @throws CiCacheError `RegistryFailed`: no clear answer, or there is no such image. */
export const baseDigests = async (
  registry: RegistryClient,
  references: readonly string[],
): Promise<Readonly<Record<string, string>>> => {
  const wanted = [...new Set(references)].sort();
  const digests = await mapConcurrently(wanted, requests, async (reference) => {
    const manifest = await registry.getManifest(reference);
    if (manifest === undefined) throw baseMissing(reference);
    return [reference, manifest.digest] as const;
  });
  return Object.fromEntries(digests);
};

const baseMissing = (reference: string) =>
  registryFailed(`the base image ${reference} does not exist`, {
    remedy: 'Correct the reference in "bases" of ci-cache.json, or push the base image first.',
  });
