/** A registry for who only looks: each question is asked once. Not for who writes: a read-back must come from the registry. */
import { askedOnce } from '@nx-ci-cache/process';
import type { Manifest, RegistryClient } from './client';
import { parseReference } from './reference';

export const remembering = (registry: RegistryClient): RegistryClient => {
  const manifests = askedOnce<Manifest | undefined>();
  const presences = askedOnce<boolean>();
  const blobs = askedOnce<Buffer>();
  const tags = askedOnce<readonly string[]>();
  return {
    getManifest: (reference) => manifests(reference, () => registry.getManifest(reference)),
    blobExists: (repository, digest) =>
      presences(blobKey(repository, digest), () => registry.blobExists(repository, digest)),
    getBlob: (repository, digest) => blobs(blobKey(repository, digest), () => registry.getBlob(repository, digest)),
    // Each part is read once anyway, and many would be much to remember.
    getBlobPart: registry.getBlobPart,
    tagsOf: (repository) => tags(repository, () => registry.tagsOf(repository)),
  };
};

/** The reference may name a tag, which does not matter to a blob. */
const blobKey = (text: string, digest: string): string => {
  const { host, repository } = parseReference(text);
  return `${host}/${repository}@${digest}`;
};
