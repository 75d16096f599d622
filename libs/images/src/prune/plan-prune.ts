/** Finds what registries hold that the configuration needs no more: tags that are ours, and what nothing else names. */
import type { LegSpec } from '@nx-ci-cache/config';
import type { Leftover, LeftoverKind } from '@nx-ci-cache/records';
import { mapConcurrently } from '@nx-ci-cache/process';
import type { RegistryClient } from '../registry/client';
import { remembering } from '../registry/remembering';
import { oldCommitTags, type CommitTags } from './commit-tags';
import { formerLeg, type FormerLegFacts, type Found } from './former-leg';
import { contentAt, goingTags, inventoryOf, isFree, neededBy, type Content } from './inventory';

export interface PrunePlanFacts extends Pick<FormerLegFacts, 'inUse' | 'isPast'> {
  readonly registry: RegistryClient;
  /** Those the configuration had and has no more. */
  readonly legs: readonly LegSpec[];
  readonly commitTags: readonly CommitTags[];
  readonly newestFirst: (commits: readonly string[]) => Promise<readonly string[]>;
}

const atOnce = 8;

/** @returns leftovers in the order in which they may go. @throws CiCacheError `RegistryFailed`: no clear answer. */
export const planPrune = async (facts: PrunePlanFacts): Promise<Found> => {
  const { legs, commitTags, newestFirst, inUse, isPast } = facts;
  const registry = remembering(facts.registry);
  const found = [
    ...(await mapConcurrently(legs, atOnce, (spec) => formerLeg({ registry, spec, inUse, isPast }))),
    ...(await mapConcurrently(commitTags, atOnce, (tags) => oldCommitTags(registry, tags, newestFirst))),
  ];
  const leftovers = found.flatMap((each) => each.leftovers);
  const repositories = [...new Set(leftovers.map(({ repository }) => repository))];
  const manifests = await mapConcurrently(repositories, 1, (repository) =>
    unnamed(
      registry,
      repository,
      leftovers.filter((each) => each.repository === repository),
    ),
  );
  return {
    leftovers: [...ordered(leftovers.filter(({ tag }) => tag !== undefined)), ...manifests.flat()],
    doubts: [...new Set(found.flatMap(({ doubts }) => doubts))],
  };
};

/** Caches before leg tags: an interrupted removal leaves the one that proves the other. */
const order: readonly LeftoverKind[] = ['cache', 'leg', 'commit', 'manifest'];

const ordered = (leftovers: readonly Leftover[]): Leftover[] =>
  [...leftovers].sort((left, right) => order.indexOf(left.kind) - order.indexOf(right.kind));

/** Manifests that nothing names once the tags are gone; what lists others goes before them. */
const unnamed = async (
  registry: RegistryClient,
  repository: string,
  leftovers: readonly Leftover[],
): Promise<Leftover[]> => {
  const inventory = await inventoryOf(registry, repository);
  const going = goingTags(leftovers);
  const needed = neededBy(inventory, going);
  const named = [...going.keys()].flatMap((tag) => inventory.get(tag)?.needs ?? []);
  const digests = [...new Set([...named, ...leftovers.map(({ digest }) => digest)])];
  const contents = await mapConcurrently(digests, atOnce, (digest) =>
    contentAt(registry, repository, `${repository}@${digest}`),
  );
  return contents
    .filter((content): content is Content => content !== undefined && isFree(content, needed))
    .sort((left, right) => right.needs.length - left.needs.length)
    .map(({ digest }) => ({ kind: 'manifest', repository, digest, why: 'nothing else names it' }));
};
