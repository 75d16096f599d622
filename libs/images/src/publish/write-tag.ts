/** Writes one tag of an image and reads it back, or says why it must stay what it is. */
import { counted } from '@nx-ci-cache/process';
import type { Buildx } from '../builder/buildx';
import type { Manifest, RegistryClient } from '../registry/client';
import { registryFailed } from '../registry/failure';
import { createIndex, type TagGrant } from '../registry/imagetools';
import type { SoundLeg } from './publishable';
import { contentOf, holdsExactly, wordsOf, type PlatformDigest } from './tag-plan';

interface Tools {
  readonly registry: RegistryClient;
  readonly buildx: Buildx;
}

export interface TagContent {
  readonly repository: string;
  readonly platforms: readonly SoundLeg[];
  readonly annotations: Readonly<Record<string, string>>;
}

/** @throws CiCacheError `RegistryFailed`, `CommandFailed`. */
export const writeTag = async (
  { registry, buildx }: Tools,
  reference: string,
  { repository, platforms, annotations }: TagContent,
  grant: TagGrant,
): Promise<void> => {
  // Without annotations the index's digest follows from its legs alone, and all tags share it.
  const digests = platforms.flatMap(({ digest, attestedIn = [] }) => [digest, attestedIn].flat());
  await createIndex(buildx, { reference, repository, digests, annotations }, grant);
  if (holdsExactly(await registry.getManifest(reference), platforms)) return;
  throw registryFailed(
    `${reference} does not hold the ${counted(platforms.length, 'platform that was', 'platforms that were')} written to it`,
    {
      remedy: 'Another run may have moved it at the same time: run again.',
    },
  );
};

/** @throws CiCacheError `RegistryFailed`, always. */
export const refuseClash = (
  reference: string,
  held: Manifest | undefined,
  platforms: readonly PlatformDigest[],
): never => {
  const theirs = held === undefined ? 'nothing' : `${held.digest} (${contentOf(held)})`;
  throw registryFailed(
    `${reference} must never move: it holds ${theirs}, and this run's image is ${wordsOf(platforms)}`,
    {
      remedy:
        'A tag with {constraints} names one image for ever. Name what else may change in it, wait for the next constraints, or remove the tag from the registry.',
    },
  );
};
