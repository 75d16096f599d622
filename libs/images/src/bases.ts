/** Digests of base images: the index digest, because it is what BuildKit keys on. */
import { CiCacheError, mapConcurrently } from '@nx-ci-cache/process';
import type { RegistryClient } from './registry/client';
import { deniedRemedy } from './registry/denied';
import { registryFailed } from './registry/failure';
import { parseReference } from './registry/reference';
import { seenOr } from './registry/unseen';

const requests = 8;
/** In place of the digest of an image that a preview was not let see. */
export const notSeen = 'not-seen';

export interface Look {
  /** Where a Dockerfile names it, for messages. */
  readonly placeOf?: (reference: string) => string | undefined;
  /** What needs an account is `notSeen`. Default: false. */
  readonly preview?: boolean;
}

/** The digest of each reference now. @throws CiCacheError `RegistryFailed`: no clear answer, or there is no such image. */
export const baseDigests = async (
  registry: RegistryClient,
  references: readonly string[],
  { placeOf = () => undefined, preview = false }: Look = {},
): Promise<Readonly<Record<string, string>>> => {
  const wanted = [...new Set(references)].sort();
  const digests = await mapConcurrently(wanted, requests, async (reference) => {
    const asked = registry.getManifest(reference).then(
      (manifest) => manifest?.digest,
      (error: unknown) => {
        throw unreadable(reference, placeOf(reference), error);
      },
    );
    const digest = await seenOr(preview, asked, notSeen);
    if (digest === undefined) throw baseMissing(reference, placeOf(reference));
    return [reference, digest] as const;
  });
  return Object.fromEntries(digests);
};

/** What may pass by itself keeps its own words; the rest is most often an account that is missing. */
const unreadable = (reference: string, place: string | undefined, error: unknown): unknown => {
  const final = error instanceof CiCacheError && error.code === 'RegistryFailed' && error.data['transient'] !== true;
  if (!final) return error;
  return registryFailed(`${saidAt(place)}the base image ${reference} cannot be read: ${error.message}`, {
    remedy: deniedRemedy(parseReference(reference), 'pull'),
    denied: error.data['denied'] === true,
    cause: error,
  });
};

const baseMissing = (reference: string, place: string | undefined) =>
  registryFailed(`${saidAt(place)}the base image ${reference} does not exist`, {
    remedy: `Correct the reference in ${place ?? '"bases" of ci-cache.json'}, or push the base image first.`,
  });

const saidAt = (place: string | undefined): string => (place === undefined ? '' : `${place}: `);
