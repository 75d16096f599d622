/** Publishes one image for all its platforms at once, or not at all. */
import type { ImageTag, LegSpec } from '@nx-ci-cache/config';
import { isGranted, type ImageRecord, type LegRecord, type Permission } from '@nx-ci-cache/records';
import type { Buildx } from '../builder/buildx';
import type { RegistryClient } from '../registry/client';
import { publishable, type Fault } from './publishable';
import { refuseClash, writeTag, type TagContent } from './write-tag';
import { tagDecision } from './tag-plan';

export interface PublishIndexOptions {
  readonly run: string;
  /** Digest of the plan that asks for it. */
  readonly planDigest: string;
  /** The legs of one image and Python, one per platform, in the order of the index. */
  readonly specs: readonly LegSpec[];
  readonly records: readonly LegRecord[];
  /** In the order of writing: the moving one comes last. */
  readonly tags: readonly ImageTag[];
  /** Tags that are denied are "kept"; a denied fixed one makes a preview of it all. */
  readonly permission: Pick<Permission, 'fixedTags' | 'movingTag'>;
  readonly registry: RegistryClient;
  readonly buildx: Buildx;
  readonly emit: (line: string) => void;
}

type TagRecord = NonNullable<ImageRecord['tags']>[number];

/** What is published, and under which rights. */
interface Content extends TagContent {
  /** Built apart from the legs: tags of its own commit alone are its. */
  readonly ownOnly: boolean;
}

/** @throws CiCacheError `RegistryFailed`, `CommandFailed`: a tag could not be written, does not hold what was written, or must not move. */
export const publishIndex = async (options: PublishIndexOptions): Promise<ImageRecord> => {
  const { run, planDigest: plan, specs, records, permission, registry } = options;
  const preview = !isGranted(permission.fixedTags);
  const [first] = specs;
  if (first === undefined) throw new Error('an image without legs cannot be published');
  const { image, python, repository, annotations } = first;
  const known = { run, plan, image, python, repository };
  const { platforms, fault } = await publishable(registry, specs, records);
  if (fault !== undefined) {
    return { ...known, result: preview ? 'previewed' : fault.result, platforms, reasons: [fault.reason] };
  }
  const ownOnly = records.some(({ apart }) => apart);
  const { done, overtaken } = await writeTags(options, { repository, platforms, annotations, ownOnly });
  const index = await indexDigest(registry, done, repository);
  const reason = overtaken?.reason ?? (ownOnly ? apart : undefined);
  return {
    ...known,
    ...(index === undefined ? {} : { digest: index }),
    result: resultOf(done, overtaken, preview),
    platforms: platforms.map(({ platform, digest }) => ({ platform, digest })),
    tags: done,
    ...(reason === undefined ? {} : { reasons: [reason] }),
  };
};

/** Where every tag holds the image already there was nothing to do, whatever was allowed. */
const resultOf = (
  done: readonly TagRecord[],
  overtaken: Fault | undefined,
  preview: boolean,
): ImageRecord['result'] => {
  if (done.every(({ action }) => action === 'unchanged')) return 'unchanged';
  if (preview) return 'previewed';
  const isWritten = done.some(({ action }) => action === 'created' || action === 'moved');
  return overtaken?.result ?? (isWritten ? 'published' : 'unchanged');
};

const apart = 'built by force from an older source: only tags of its own commit are written';

/** Legs are looked at again before each write: where another run was found to have gone further, the rest stays. */
const writeTags = async (
  options: PublishIndexOptions,
  content: Content,
): Promise<{ readonly done: readonly TagRecord[]; readonly overtaken?: Fault }> => {
  const { specs, records, tags, registry } = options;
  // All are looked at before the first is written: a tag that must not move leaves the others where they are.
  for (const tag of tags) if (tag.ofConstraints) await decide(options, content, tag);
  const done: TagRecord[] = [];
  for (const tag of tags) {
    const { action, grant } = await decide(options, content, tag);
    if (isGranted(grant) && (action === 'created' || action === 'moved')) {
      const { fault: overtaken } = await publishable(registry, specs, records);
      if (overtaken !== undefined) return { done: [...done, ...kept(tags.slice(done.length))], overtaken };
      const reference = `${content.repository}:${tag.name}`;
      await writeTag(options, reference, content, grant);
      options.emit(`${reference}: ${action}`);
    }
    done.push({ tag: tag.name, action });
  }
  return { done };
};

const kept = (tags: readonly ImageTag[]): TagRecord[] => tags.map(({ name }) => ({ tag: name, action: 'kept' }));

const decide = async (
  { registry, tags, permission }: PublishIndexOptions,
  { repository, platforms, ownOnly }: Content,
  tag: ImageTag,
) => {
  const grant = tag === tags.at(-1) ? permission.movingTag : permission.fixedTags;
  const reference = `${repository}:${tag.name}`;
  const held = await registry.getManifest(reference);
  const decision = tagDecision(tag, held, platforms, { denied: !isGranted(grant), ownOnly });
  return { grant, action: decision === 'clash' ? refuseClash(reference, held, platforms) : decision };
};

const indexDigest = async (registry: RegistryClient, done: readonly TagRecord[], repository: string) => {
  const [held] = done.filter(({ action }) => action !== 'kept');
  return held === undefined ? undefined : (await registry.getManifest(`${repository}:${held.tag}`))?.digest;
};
