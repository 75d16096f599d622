/** All that a repository's tags name: what stays is known only by what every tag needs, whoever set it. */
import { mapConcurrently } from '@nx-ci-cache/process';
import type { Leftover } from '@nx-ci-cache/records';
import { parseLegAnnotations } from '../plan/leg-annotations';
import type { RegistryClient } from '../registry/client';
import { isIndex, type OciIndex } from '../registry/oci';

export interface Content {
  readonly digest: string;
  /** The manifest itself, and every one it lists, at any depth. */
  readonly needs: readonly string[];
  /** Whether it is the state of a leg, of one build alone: no run makes it again. */
  readonly isLeg: boolean;
}

/** By tag. */
export type Inventory = ReadonlyMap<string, Content>;

const atOnce = 16;

/** @throws CiCacheError `RegistryFailed`: of a tag that cannot be read nobody knows what it needs. */
export const inventoryOf = async (registry: RegistryClient, repository: string): Promise<Inventory> => {
  const tags = await registry.tagsOf(repository);
  const read = await mapConcurrently(tags, atOnce, async (tag): Promise<[string, Content][]> => {
    const content = await contentAt(registry, repository, `${repository}:${tag}`);
    // Removed between the list and the look.
    return content === undefined ? [] : [[tag, content]];
  });
  return new Map(read.flat());
};

/** What a name or a digest holds; undefined when there is nothing. */
export const contentAt = async (
  registry: RegistryClient,
  repository: string,
  reference: string,
): Promise<Content | undefined> => {
  const manifest = await registry.getManifest(reference);
  if (manifest === undefined) return undefined;
  const { manifests: listed = [], annotations }: Partial<OciIndex> = isIndex(manifest.mediaType)
    ? (manifest.body as Partial<OciIndex>)
    : {};
  const below = await Promise.all(
    listed
      .filter(({ mediaType }) => isIndex(mediaType))
      .map(({ digest }) => contentAt(registry, repository, `${repository}@${digest}`)),
  );
  const needs = [manifest.digest, ...listed.map(({ digest }) => digest), ...below.flatMap((each) => each?.needs ?? [])];
  const isLeg = parseLegAnnotations(annotations) !== undefined;
  return { digest: manifest.digest, needs: [...new Set(needs)], isLeg };
};

/** Digest by tag. */
export const goingTags = (leftovers: readonly Leftover[]): ReadonlyMap<string, string> =>
  new Map(leftovers.flatMap(({ tag, digest }) => (tag === undefined ? [] : [[tag, digest]])));

/** What all tags need but those that go: by name, with the digest they hold; one that holds something else stays. */
export const neededBy = (inventory: Inventory, going: ReadonlyMap<string, string>): ReadonlySet<string> =>
  new Set([...inventory].flatMap(([tag, { digest, needs }]) => (going.get(tag) === digest ? [] : needs)));

/**
 * Whether nothing that stays needs it. An index all of whose parts are needed is needed too: a run may be about to publish
 * just these again.
 */
export const isFree = ({ digest, needs, isLeg }: Content, needed: ReadonlySet<string>): boolean => {
  const parts = needs.filter((each) => each !== digest);
  return !needed.has(digest) && (isLeg || parts.length === 0 || parts.some((part) => !needed.has(part)));
};
