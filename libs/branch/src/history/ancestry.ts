/** How two source commits are related, proven from history; a shallow checkout is not proof of anything. */
import { depths, fetchHeadsArgs, fetchHistoryArgs } from '../git/argv';
import type { LocalGit } from '../git/git';
import { withRepository, type RemoteAccess } from '../git/repository';
import { answerOf } from '../source/checkout';

/** Ours compared with theirs; `unknown` when no history at hand holds both. */
export type Relation = 'same' | 'newer' | 'older' | 'unrelated' | 'unknown';

/** First the checkout, then each remote in turn, deeper and deeper; file contents and trees are never fetched. */
export const relationOf = async (
  ours: string,
  theirs: string,
  checkout: LocalGit,
  remotes: readonly RemoteAccess[],
): Promise<Relation> => {
  if (ours === theirs) return 'same';
  const local = await inCheckout(ours, theirs, checkout);
  if (local !== undefined) return local;
  for (const access of remotes) {
    const relation = await onRemote(ours, theirs, access);
    if (relation !== undefined) return relation;
  }
  return 'unknown';
};

export const isAncestor = async (git: LocalGit, older: string, newer: string): Promise<boolean> =>
  (await answerOf(git, ['merge-base', '--is-ancestor', older, newer])) !== undefined;

const order = async (git: LocalGit, ours: string, theirs: string): Promise<'newer' | 'older' | undefined> => {
  if (await isAncestor(git, theirs, ours)) return 'newer';
  return (await isAncestor(git, ours, theirs)) ? 'older' : undefined;
};

const inCheckout = async (ours: string, theirs: string, git: LocalGit): Promise<Relation | undefined> => {
  if (!(await holds(git, ours)) || !(await holds(git, theirs))) return undefined;
  const found = await order(git, ours, theirs);
  if (found !== undefined) return found;
  const shallow = (await git(['rev-parse', '--is-shallow-repository'])).trim() === 'true';
  return shallow ? undefined : 'unrelated';
};

const holds = async (git: LocalGit, commit: string): Promise<boolean> =>
  (await answerOf(git, ['cat-file', '-e', `${commit}^{commit}`], [1, 128])) !== undefined;

const onRemote = (ours: string, theirs: string, access: RemoteAccess): Promise<Relation | undefined> =>
  withRepository(access, async ({ git, transfer }) => {
    for (const depth of depths) {
      const named = await transfer(fetchHistoryArgs([ours, theirs], depth));
      if (named.exitCode !== 0 && (await transfer(fetchHeadsArgs(depth))).exitCode !== 0) return undefined;
      if (!(await holds(git, ours)) || !(await holds(git, theirs))) continue;
      const found = await order(git, ours, theirs);
      if (found !== undefined) return found;
    }
    return (await holds(git, ours)) && (await holds(git, theirs)) ? 'unrelated' : undefined;
  });
