/** Tags of commits beyond those that are kept: only a name that the configuration itself gives to a commit we know. */
import type { Leftover } from '@nx-ci-cache/records';
import { counted } from '@nx-ci-cache/process';
import type { RegistryClient } from '../registry/client';
import type { Found } from './former-leg';

export interface CommitTags {
  readonly repository: string;
  /** Of whole tags; the first group is the commit. */
  readonly patterns: readonly RegExp[];
  /** Of how many commits, the newest ones, the tags stay. */
  readonly keep: number;
}

/** @param newestFirst those of the commits that history at hand holds, in its order. */
export const oldCommitTags = async (
  registry: RegistryClient,
  { repository, patterns, keep }: CommitTags,
  newestFirst: (commits: readonly string[]) => Promise<readonly string[]>,
): Promise<Found> => {
  const ofCommit = new Map<string, string[]>();
  for (const tag of await registry.tagsOf(repository))
    for (const commit of commitsIn(tag, patterns)) ofCommit.set(commit, [...(ofCommit.get(commit) ?? []), tag]);
  if (ofCommit.size <= keep) return { leftovers: [], doubts: [] };
  const known = await newestFirst([...ofCommit.keys()]);
  const unknown = ofCommit.size - known.length;
  const why = `only the newest ${counted(keep, 'commit keeps its tags', 'commits keep their tags')}`;
  const tags = known.slice(keep).flatMap((commit) => ofCommit.get(commit) ?? []);
  const leftovers = tags.map(async (tag): Promise<Leftover[]> => {
    const digest = (await registry.getManifest(`${repository}:${tag}`))?.digest;
    return digest === undefined ? [] : [{ kind: 'commit', repository, tag, digest, why }];
  });
  return {
    leftovers: (await Promise.all(leftovers)).flat(),
    doubts:
      unknown === 0
        ? []
        : [`${repository} has tags of ${counted(unknown, 'commit')} that no history at hand holds: they do not count`],
  };
};

const commitsIn = (tag: string, patterns: readonly RegExp[]): string[] => {
  const [commit] = patterns.flatMap((pattern) => pattern.exec(tag)?.[1] ?? []);
  return commit === undefined ? [] : [commit];
};
