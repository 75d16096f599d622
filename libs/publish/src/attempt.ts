/** One attempt to publish: read the branch, apply our files to what is there now, push with a lease, read the branch again. */
import { messageOf } from '@nx-ci-cache/process';
import { pushArgs } from './argv';
import { refOf } from './branch';
import { classify, type Verdict } from './classify';
import { makeCommit } from './commit';
import { heldCommit } from './contains';
import { decide, type Ending } from './decide';
import { makeDraft, pushedFiles, type Draft } from './draft';
import { pushReport, type PushReport } from './porcelain';
import { readBranch } from './read-branch';
import { readRef } from './refs';
import type { Publication } from './publication';
import type { PublishOutcome, PublishStep } from './request';

export type AttemptResult =
  | { readonly next: 'end'; readonly outcome: PublishOutcome }
  | {
      readonly next: 'retry';
      readonly reason: string;
      /** Commits whose fate is not settled yet. */
      readonly sent: readonly string[];
      readonly outcome: PublishOutcome;
    };

export const attemptOnce = async (publication: Publication): Promise<AttemptResult> => {
  const { request, repository, attempt, sent, startedAt } = publication;
  const step = async (name: PublishStep) => request.on?.(name, attempt);

  const state = await readBranch(repository, request.branch, step);
  await step('compare');
  const draft = await makeDraft(publication, state);
  const decided = await decide(publication, state, draft);
  if (decided !== undefined) return { next: 'end', outcome: outcomeOf(publication, state.tip, draft, decided) };

  await step('commit');
  const values = { tip: state.tip, blobs: draft.changed, message: draft.message, author: request.author };
  const commit = await makeCommit(repository, { ...values, time: startedAt, attempt });
  await step('push');
  const report = await push(publication, commit, state.tip);
  await step('settle');
  const verdict = await settle(publication, commit, state.tip, report);
  if (verdict.next === 'retry') {
    const failed = { result: 'failed', commit: state.tip, reasons: [verdict.reason] } as const;
    const rejected = report.kind === 'lease-lost' || report.kind === 'locked';
    return {
      next: 'retry',
      reason: verdict.reason,
      sent: rejected ? sent : [...sent, commit],
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

const outcomeOf = (
  { request, attempt }: Publication,
  tip: string | null,
  { changed, message }: Draft,
  { result, commit, reasons }: Ending,
): PublishOutcome => ({
  result,
  oldCommit: tip,
  newCommit: commit,
  attempts: attempt,
  files: pushedFiles(request.files, result === 'superseded' ? {} : changed),
  reasons,
  message,
});

/** A push that was killed or cut off is a claim like any other: lost. */
const push = async ({ request, repository }: Publication, commit: string, tip: string | null): Promise<PushReport> => {
  try {
    const pushed = await repository.transfer(pushArgs(request.branch, commit, tip));
    return pushReport(refOf(request.branch), pushed);
  } catch (error) {
    return { kind: 'lost', reason: messageOf(error) };
  }
};

const settle = async (
  { request, repository }: Publication,
  commit: string,
  expected: string | null,
  report: PushReport,
): Promise<Verdict> => {
  try {
    const { tip } = await readRef(repository, request.branch);
    return classify(report, expected, { tip, contains: (await heldCommit(repository, tip, [commit])) !== undefined });
  } catch (error) {
    return { next: 'retry', reason: `the branch could not be read after the push: ${messageOf(error)}` };
  }
};
