/** What a leg left that the configuration has no more: each reference is proven to be ours by what stands in it. */
import type { LegSpec } from '@nx-ci-cache/config';
import type { Leftover } from '@nx-ci-cache/records';
import { isBuildCache } from '../plan/cache';
import { readLegIndex, heldBy, type LegIndex } from '../plan/state';
import type { RegistryClient } from '../registry/client';
import { repositoryOf } from '../registry/reference';

export interface FormerLegFacts {
  readonly registry: RegistryClient;
  readonly spec: LegSpec;
  /** References that some configuration of today writes. */
  readonly inUse: ReadonlySet<string>;
  /** Whether the commit is in the history of the one that is checked out. */
  readonly isPast: (commit: string) => Promise<boolean>;
}

export interface Found {
  readonly leftovers: readonly Leftover[];
  /** What is not touched, in words. */
  readonly doubts: readonly string[];
}

const nothing: Found = { leftovers: [], doubts: [] };

/**
 * Its cache ref, then its leg tag: an interrupted removal leaves the one that proves the other.
 * @throws CiCacheError `RegistryFailed`.
 */
export const formerLeg = async ({ registry, spec, inUse, isPast }: FormerLegFacts): Promise<Found> => {
  const { name, legRef } = spec;
  if (inUse.has(legRef) || (await registry.getManifest(legRef)) === undefined) return nothing;
  const found = await readLegIndex(registry, spec);
  if ('kind' in found) return doubt(found.text);
  const { sourceCommit } = found.recorded;
  if (!(await isPast(sourceCommit)))
    return doubt(`${legRef} was recorded by ${sourceCommit}, which is not in the history of this commit`);
  const why = `the configuration has no leg ${name} any more`;
  const { leftovers, doubts } = inUse.has(spec.cacheRef) ? nothing : await cacheOf(registry, spec, why);
  return { leftovers: [...leftovers, ...tagOf(spec, found, why)], doubts };
};

const doubt = (words: string): Found => ({ leftovers: [], doubts: [words] });

/** The manifests that the leg tag tells of lie untagged once it is gone; so may an earlier image of the same leg, which nothing names. */
const tagOf = ({ legRef }: LegSpec, { recorded, index }: LegIndex, why: string): Leftover[] => {
  const repository = repositoryOf(legRef);
  const held = [heldBy(recorded), ...(recorded.attestations ?? [])];
  return [
    { kind: 'leg', repository, tag: legRef.slice(repository.length + 1), digest: index, why },
    ...held.map((digest): Leftover => ({ kind: 'manifest', repository, digest, why })),
  ];
};

const cacheOf = async (registry: RegistryClient, { cacheRef }: LegSpec, why: string): Promise<Found> => {
  const manifest = await registry.getManifest(cacheRef);
  if (manifest === undefined) return nothing;
  if (!isBuildCache(manifest)) return doubt(`${cacheRef} holds no build cache`);
  const repository = repositoryOf(cacheRef);
  const tag = cacheRef.slice(repository.length + 1);
  return { leftovers: [{ kind: 'cache', repository, tag, digest: manifest.digest, why }], doubts: [] };
};
