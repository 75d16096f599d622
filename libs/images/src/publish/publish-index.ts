/** Publishes one image for all its platforms at once, or not at all. */
import type { LegSpec } from '@nx-ci-cache/config';
import { isGranted, type Denial, type ImageRecord, type LegRecord, type Permission } from '@nx-ci-cache/records';
import type { Buildx } from '../builder/buildx';
import type { RegistryClient } from '../registry/client';
import { registryFailed } from '../registry/failure';
import { createIndex, type TagGrant } from '../registry/imagetools';
import { publishable } from './publishable';
import { holdsExactly, tagAction, type PlatformDigest } from './tag-plan';

export interface PublishIndexOptions {
  readonly run: string;
  /** The legs of one image and Python, one per platform, in the order of the index. */
  readonly specs: readonly LegSpec[];
  readonly records: readonly LegRecord[];
  /** Tags without repository; the moving one comes last. */
  readonly tags: { readonly fixed: readonly string[]; readonly moving?: string };
  /** Tags that are denied are "kept"; a denied fixed one makes a preview of it all. */
  readonly permission: Pick<Permission, 'fixedTags' | 'movingTag'>;
  readonly registry: RegistryClient;
  readonly buildx: Buildx;
  readonly emit: (line: string) => void;
}

type TagRecord = NonNullable<ImageRecord['tags']>[number];

/** @throws CiCacheError `RegistryFailed`, `CommandFailed`: a tag could not be written or does not hold what was written. */
export const publishIndex = async (options: PublishIndexOptions): Promise<ImageRecord> => {
  const { run, specs, records, tags, permission, registry } = options;
  const preview = !isGranted(permission.fixedTags);
  const [first] = specs;
  if (first === undefined) throw new Error('an image without legs cannot be published');
  const { image, python, repository } = first;
  const known = { run, image, python, repository };
  const { platforms, fault } = await publishable(registry, specs, records);
  if (fault !== undefined) {
    return { ...known, result: preview ? 'previewed' : fault.result, platforms, reasons: [fault.reason] };
  }
  const done: TagRecord[] = [];
  for (const tag of [...tags.fixed, ...(tags.moving === undefined ? [] : [tags.moving])]) {
    const grant = tag === tags.moving ? permission.movingTag : permission.fixedTags;
    done.push({ tag, action: await publishTag(options, `${repository}:${tag}`, platforms, repository, grant) });
  }
  const index = await indexDigest(registry, done, repository);
  const isChanged = done.some(({ action }) => action === 'created' || action === 'moved');
  return {
    ...known,
    ...(index === undefined ? {} : { digest: index }),
    result: preview ? 'previewed' : isChanged ? 'published' : 'unchanged',
    platforms,
    tags: done,
  };
};

const publishTag = async (
  { registry, buildx, emit }: PublishIndexOptions,
  reference: string,
  platforms: readonly PlatformDigest[],
  repository: string,
  grant: TagGrant | Denial,
): Promise<TagRecord['action']> => {
  const action = tagAction(await registry.getManifest(reference), platforms);
  if (action === 'unchanged') return action;
  if (!isGranted(grant)) return 'kept';
  // No annotations: then the index's digest follows from its legs alone, and all tags share it.
  await createIndex(buildx, { reference, repository, digests: platforms.map(({ digest }) => digest) }, grant);
  if (!holdsExactly(await registry.getManifest(reference), platforms)) {
    throw registryFailed(`${reference} does not hold the ${platforms.length} platforms that were written to it`, {
      remedy: 'Another run may have moved it at the same time: run again.',
    });
  }
  emit(`${reference}: ${action}`);
  return action;
};

const indexDigest = async (registry: RegistryClient, done: readonly TagRecord[], repository: string) => {
  const [held] = done.filter(({ action }) => action !== 'kept');
  return held === undefined ? undefined : (await registry.getManifest(`${repository}:${held.tag}`))?.digest;
};
