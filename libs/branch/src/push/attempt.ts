/** One attempt to publish: read the branch, apply our files to what is there now, push with a lease, read the branch again. */
import { harmless, messageOf } from '@nx-ci-cache/process';
import { isGranted, type Grant } from '@nx-ci-cache/records';
import { makeCommit } from '../commit/commit';
import { makeDraft } from '../commit/draft';
import { pushArgs } from '../git/argv';
import { heldCommit } from '../history/contains';
import { readBranch } from '../observation/read-branch';
import { readRef } from '../observation/refs';
import { refOf } from '../remote/branch';
import { classify, unread, type Verdict } from './classify';
import { decide } from './decide';
import { outcomeOf } from './outcome';
import { pushReport, type PushReport } from './porcelain';
import type { Publication, Sent } from './publication';
import type { PublishOutcome, PublishStep } from './request';

export type AttemptResult =
  | { readonly next: 'end'; readonly outcome: PublishOutcome }
  | {
      readonly next: 'retry';
      readonly reason: string;
      /** Commits whose fate is not settled yet. */
      readonly sent: readonly Sent[];
      readonly outcome: PublishOutcome;
    };

export const attemptOnce = async (publication: Publication): Promise<AttemptResult> => {
  const { request, repository, access, wish, attempt, sent, startedAt } = publication;
  const step = async (name: PublishStep) => request.on?.(name, attempt);

  const state = await readBranch(repository, access, request.branch, step);
  await step('compare');
  const applied = await appliedEarlier(publication, state.tip);
  if (applied !== undefined) return { next: 'end', outcome: applied };
  const draft = await makeDraft(repository, wish, state);
  const decided = await decide(publication, state, draft);
  if (!isGranted(decided)) return { next: 'end', outcome: outcomeOf(publication, state.tip, draft, decided) };

  await step('commit');
  const commit = await makeCommit(repository, {
    tip: state.tip,
    blobs: draft.changed,
    removed: draft.removed,
    message: draft.message,
    author: request.author,
    time: startedAt,
    attempt,
    ...(request.signingKey === undefined ? {} : { signingKey: request.signingKey }),
  });
  await step('push');
  const report = await push(publication, commit, state.tip, decided);
  await step('settle');
  const verdict = await settle(publication, commit, state.tip, report);
  if (verdict.next === 'retry') {
    const failed = { result: 'failed', commit: state.tip, reasons: [verdict.reason] } as const;
    const rejected = report.kind === 'lease-lost' || report.kind === 'locked';
    const applied = {
      result: 'already-applied',
      commit,
      reasons: ['applied earlier, though the answer was lost'],
    } as const;
    return {
      next: 'retry',
      reason: verdict.reason,
      sent: rejected ? sent : [...sent, { commit, outcome: outcomeOf(publication, state.tip, draft, applied) }],
      outcome: outcomeOf(publication, state.tip, draft, failed),
    };
  }
  const { result, reason } = verdict;
  const ending = {
    result,
    commit: result === 'refused' ? state.tip : commit,
    reasons: reason === undefined ? [] : [reason],
  };
  return { next: 'end', outcome: outcomeOf(publication, state.tip, draft, ending) };
};

/** What the attempt did whose answer was lost: what is there now says nothing of it. */
const appliedEarlier = async (
  { repository, access, sent, attempt }: Publication,
  tip: string | null,
): Promise<PublishOutcome | undefined> => {
  const commits = sent.map(({ commit }) => commit);
  const held = await heldCommit(repository, access, tip, commits);
  const outcome = sent.find(({ commit }) => commit === held)?.outcome;
  return outcome && { ...outcome, attempts: attempt };
};

/** A push that was killed or cut off is a claim like any other: lost. */
const push = async (
  { request, repository }: Publication,
  commit: string,
  tip: string | null,
  grant: Grant<'constraints'>,
): Promise<PushReport> => {
  try {
    const pushed = await repository.transfer(pushArgs(refOf(request.branch), commit, tip, grant));
    return pushReport(refOf(request.branch), pushed);
  } catch (error) {
    return { kind: 'lost', reason: harmless(messageOf(error)) };
  }
};

const settle = async (
  { request, repository, access }: Publication,
  commit: string,
  expected: string | null,
  report: PushReport,
): Promise<Verdict> => {
  try {
    const { tip } = await readRef(repository, request.branch);
    return classify(report, expected, {
      tip,
      contains: (await heldCommit(repository, access, tip, [commit])) !== undefined,
    });
  } catch (error) {
    return unread(report, harmless(messageOf(error)));
  }
};
