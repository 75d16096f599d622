/**
 * Removes what a plan names, each after one more look: a registry has no compare-and-swap, and somebody may have come to need
 * what nobody needed when the plan was made.
 */
import { askedOnce } from '@nx-ci-cache/process';
import type { Grant, Leftover, LeftoverFate, PrunedLeftover } from '@nx-ci-cache/records';
import { registryClient, type RegistryClient, type RegistryOptions } from '../registry/client';
import { registryRemoval, type RegistryRemoval } from '../registry/removal';
import { contentAt, goingTags, inventoryOf, isFree, neededBy } from './inventory';
import { refusal } from '../registry/refusal';

export interface RemoveOptions extends RegistryOptions {
  readonly leftovers: readonly Leftover[];
  readonly emit: (line: string) => void;
}

interface Removing {
  readonly registry: RegistryClient;
  readonly removal: RegistryRemoval;
  /** What the tags of a repository need that stay there. */
  readonly neededIn: (repository: string) => Promise<ReadonlySet<string>>;
}

export interface RemovedLeftovers {
  readonly leftovers: readonly PrunedLeftover[];
  /** What a registry does not do, and what to do there, in words; nothing was removed when a whole repository refuses. */
  readonly refusals: readonly string[];
}

/**
 * In the order of the plan. All repositories are asked before the first removal: where one lets nobody remove anything, all
 * stays as it is.
 * @throws CiCacheError `RegistryFailed`: an account without the right, or no clear answer; what is gone by then was said.
 */
export const removeLeftovers = async (
  { leftovers, emit, ...options }: RemoveOptions,
  grant: Grant<'removal'>,
): Promise<RemovedLeftovers> => {
  const removal = registryRemoval(options, grant);
  const repositories = [...new Set(leftovers.map(({ repository }) => repository))];
  const refusing: string[] = [];
  for (const repository of repositories) if (!(await removal.isOffered(repository))) refusing.push(repository);
  if (refusing.length > 0) return { leftovers: fated(leftovers, 'not offered'), refusals: refusing.map(refusal) };
  const registry = registryClient(options);
  const done: PrunedLeftover[] = [];
  const removeAll = async (some: readonly Leftover[], going: readonly Leftover[]) => {
    const needed = askedOnce<ReadonlySet<string>>();
    const neededIn = (repository: string) => needed(repository, () => neededOf(registry, repository, going));
    for (const leftover of some) {
      const fate = await remove({ registry, removal, neededIn }, leftover);
      emit(`${nameOf(leftover)}: ${fate}`);
      done.push({ ...leftover, fate });
    }
  };
  const tags = leftovers.filter(({ tag }) => tag !== undefined);
  await removeAll(tags, tags);
  // Whatever tag is still there stays, also one that should have gone.
  await removeAll(
    leftovers.filter(({ tag }) => tag === undefined),
    [],
  );
  const unoffered = done.filter(({ fate }) => fate === 'not offered').map(({ repository }) => repository);
  return { leftovers: done, refusals: [...new Set(unoffered)].map(refusal) };
};

export const nameOf = ({ repository, tag, digest }: Leftover): string =>
  tag === undefined ? `${repository}@${digest}` : `${repository}:${tag}`;

const fated = (leftovers: readonly Leftover[], fate: LeftoverFate): PrunedLeftover[] =>
  leftovers.map((each) => ({ ...each, fate }));

const neededOf = async (registry: RegistryClient, repository: string, going: readonly Leftover[]) =>
  neededBy(await inventoryOf(registry, repository), goingTags(going.filter((each) => each.repository === repository)));

const remove = async (
  { registry, removal, neededIn }: Removing,
  leftover: Leftover,
): Promise<Exclude<LeftoverFate, 'listed'>> => {
  const { repository, tag, digest } = leftover;
  const content = await contentAt(registry, repository, nameOf(leftover));
  if (content === undefined) return 'gone';
  if (content.digest !== digest) return 'moved';
  if (tag !== undefined) {
    const removed = await removal.removeTag(repository, tag);
    if (removed !== 'not offered') return removed;
  }
  // With a manifest go all tags that name it: only where none of them stays.
  return isFree(content, await neededIn(repository)) ? removal.removeManifest(repository, digest) : 'needed';
};
