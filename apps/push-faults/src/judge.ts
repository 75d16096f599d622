/** What every fault promises, checked on the remote itself: nothing lost, nothing claimed that is not there, nothing broken. */
import { basename } from 'node:path';
import type { Ended } from './ended';
import type { Ending } from './fault';
import { branch, file } from './world/template';
import type { World } from './world/world';

export type Problem = 'lost' | 'false success' | 'manual repair' | 'left-over process' | 'late' | 'other';

export interface Finding {
  readonly problem: Problem;
  readonly text: string;
}

export const endingOf = ({ outcome, killed }: Ended): Ending => outcome?.result ?? (killed ? 'killed' : 'error');

const claims: readonly Ending[] = ['pushed', 'already-applied', 'unchanged'];

/** Text of our file at a commit, undefined when there is none. */
const textAt = ({ onRemote }: World, commit: string): string | undefined => {
  try {
    return `${onRemote('show', `${commit}:${file}`)}\n`;
  } catch {
    return undefined;
  }
};

/** Commits that were on the branch and are not any more. */
export const lost = (world: World, before: readonly string[]): Finding[] => {
  const now = new Set(world.history());
  return before
    .filter((commit) => !now.has(commit))
    .map((commit) => ({ problem: 'lost', text: `${commit} is no longer on the branch` }));
};

/** A success whose commit is not on the branch or does not hold our text; a refusal that was applied. */
export const falseClaims = (world: World, ended: Ended, text: string): Finding[] => {
  const ending = endingOf(ended);
  const commit = ended.outcome?.newCommit;
  if (ending === 'refused' && world.tip() !== null && textAt(world, branch) === text)
    return [{ problem: 'other', text: 'refused, but the branch holds our text' }];
  if (!claims.includes(ending)) return [];
  const held = typeof commit === 'string' && world.history().includes(commit) && textAt(world, commit) === text;
  return held ? [] : [{ problem: 'false success', text: `${ending} ${commit ?? ''}, but the branch does not hold it` }];
};

export const unsound = ({ onRemote }: World): Finding[] => {
  try {
    const said = onRemote('fsck', '--strict', '--no-dangling', '--no-progress');
    return said === '' ? [] : [{ problem: 'manual repair', text: said }];
  } catch (error) {
    return [{ problem: 'manual repair', text: String(error) }];
  }
};

/** What the publication itself may not do; `ends` undefined when the fault did not come to it. */
export const misbehaved = (ends: readonly Ending[] | undefined, ended: Ended, deadlineMs: number): Finding[] => {
  const ending = endingOf(ended);
  const late = ended.seconds > deadlineMs / 1000 + 5;
  const said = JSON.stringify(ended.outcome?.reasons ?? ended.error ?? ended.printed);
  return [
    ...((ends ?? [ending]).includes(ending) ? [] : [{ problem: 'other', text: `ended ${ending}: ${said}` } as const]),
    ...(late ? [{ problem: 'late', text: `took ${ended.seconds.toFixed(1)} s` } as const] : []),
  ];
};

/** After the run that followed, without any fault, the branch holds the text it should. */
export const notConverged = (world: World, ended: Ended, expected: string): Finding[] => {
  const ending = endingOf(ended);
  const settled = [...claims, 'superseded'].includes(ending) && textAt(world, branch) === expected;
  if (settled) return [];
  const said = JSON.stringify(ended.outcome?.reasons ?? ended.error ?? ended.printed);
  return [{ problem: 'manual repair', text: `the next run ended ${ending}: ${said}` }];
};

/** A lock only a person can remove has to be named together with what to do. */
export const unnamedLock = (ended: Ended, locks: readonly string[]): Finding[] => {
  const reasons = (ended.outcome?.reasons ?? []).join('\n');
  const named =
    endingOf(ended) === 'failed' && locks.some((lock) => reasons.includes(basename(lock))) && /delete/.test(reasons);
  return named
    ? []
    : [{ problem: 'manual repair', text: `a lock was left and not named: ${endingOf(ended)} ${reasons}` }];
};
