/** Sets a tag on the published commit: made once, by compare-and-swap, and never moved. */
import type { Repository } from '@nx-ci-cache/git';
import { harmless, messageOf } from '@nx-ci-cache/process';
import type { Grant } from '@nx-ci-cache/records';
import { pushArgs } from '../git/argv';
import { readTag } from '../observation/refs';
import { tagRefOf } from '../remote/tag';
import { classify, type Verdict } from './classify';
import { pushReport, type PushReport } from './porcelain';

/** How setting a tag ended; `taken` and `denied` will not pass by themselves. */
export type Tagged =
  | { readonly kind: 'there' }
  | { readonly kind: 'taken' | 'denied'; readonly reason: string }
  | { readonly kind: 'retry'; readonly reason: string };

export const tagTaken = (tag: string, commit: string): string =>
  `the tag ${tag} names ${commit} already, and a tag is never moved: ask for another one`;

/** One try; throws nothing, because the branch is written already. */
export const setTag = async (
  repository: Repository,
  tag: string,
  commit: string,
  grant: Grant<'constraints'>,
): Promise<Tagged> => {
  try {
    const found = await readTag(repository, tag);
    if (found !== null) return judgeFound(tag, commit, found);
    const report = await push(repository, tag, commit, grant);
    const now = await readTag(repository, tag);
    if (now !== null) return judgeFound(tag, commit, now);
    return judgeAbsent(classify(report, null, { tip: null, contains: false }));
  } catch (error) {
    return { kind: 'retry', reason: harmless(messageOf(error)) };
  }
};

const push = async (
  repository: Repository,
  tag: string,
  commit: string,
  grant: Grant<'constraints'>,
): Promise<PushReport> => {
  const ref = tagRefOf(tag);
  return pushReport(ref, await repository.transfer(pushArgs(ref, commit, null, grant)));
};

const judgeFound = (tag: string, commit: string, found: string): Tagged =>
  found === commit ? { kind: 'there' } : { kind: 'taken', reason: tagTaken(tag, found) };

const judgeAbsent = (verdict: Verdict): Tagged =>
  verdict.next === 'retry' || verdict.result !== 'refused'
    ? { kind: 'retry', reason: verdict.reason ?? '' }
    : { kind: 'denied', reason: verdict.reason };
