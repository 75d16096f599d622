/**
 * The one place that says how two source commits are related, proven from history: for a push, a leg and a tag alike. A
 * shallow checkout is not proof of anything.
 */
import type { Checkout } from '../checkout/checkout';
import { answerOf, brokenOff } from '../command/answer';
import type { LocalGit } from '../command/git';
import { depths, fetchHeadsArgs, fetchHistoryArgs } from '../repository/argv';
import { withRepository, type RemoteAccess } from '../repository/repository';

/** Ours compared with theirs; `unknown` when no history at hand holds both. */
export type Relation = 'same' | 'newer' | 'older' | 'unrelated' | 'unknown';

/** First the checkout, then each remote in turn, deeper and deeper; file contents and trees are never fetched. */
export const relationOf = async (
  ours: string,
  theirs: string,
  { text: checkout }: Checkout,
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
  return (await isShallow(git)) ? undefined : 'unrelated';
};

/** An answer that was lost must not make a shallow checkout whole. */
const isShallow = async (git: LocalGit): Promise<boolean> => {
  const answer = (await git(['rev-parse', '--is-shallow-repository'])).trim();
  if (answer !== 'true' && answer !== 'false') throw brokenOff('rev-parse');
  return answer === 'true';
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
