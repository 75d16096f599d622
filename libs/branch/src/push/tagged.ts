/** The tag that was asked for, once the branch is settled: the branch stands whatever becomes of the tag. */
import { setTimeout as sleep } from 'node:timers/promises';
import { steadyNow, type Repository } from '@nx-ci-cache/git';
import { retryDelay, type RetryPolicy } from '@nx-ci-cache/process';
import { isGranted } from '@nx-ci-cache/records';
import type { PublishOutcome, PublishRequest } from './request';
import { setTag, type Tagged } from './tagging';

const policy: RetryPolicy = { tries: Infinity, baseMs: 200, capMs: 5000, retryable: () => true };

/** `outcome`, or a failure that says the branch was updated and the tag was not. */
export const tagged = async (
  { tag, permission, signal, on }: PublishRequest,
  repository: Repository,
  outcome: PublishOutcome,
  endsAt: number,
): Promise<PublishOutcome> => {
  const { newCommit, result, reasons } = outcome;
  const holds = result === 'pushed' || result === 'unchanged' || result === 'already-applied';
  if (tag === undefined || !isGranted(permission) || newCommit === null || !holds) return outcome;
  for (let attempt = 1; ; attempt += 1) {
    await on?.('tag', attempt);
    const set = await setTag(repository, tag, newCommit, permission);
    if (set.kind === 'there') return { ...outcome, tag };
    const delay = retryDelay(policy, attempt);
    if (set.kind === 'retry' && !signal?.aborted && steadyNow() + delay < endsAt) await sleep(delay);
    else return { ...outcome, result: resultOf(set), reasons: [...reasons, without(tag, newCommit, set.reason)] };
  }
};

const resultOf = ({ kind }: Tagged): 'refused' | 'failed' => (kind === 'retry' ? 'failed' : 'refused');

const without = (tag: string, commit: string, reason: string): string =>
  `the branch holds ${commit}, but the tag ${tag} was not set: ${reason}`;
