/** One attempt to publish: read the branch, apply our files to what is there now, push with a lease, read the branch again. */
import { messageOf } from '@nx-ci-cache/process';
import { fetchCommitArgs, pushArgs } from './argv';
import { refOf } from './branch';
import { classify, type Verdict } from './classify';
import { makeCommit } from './commit';
import { readMessage } from './commit-files';
import { heldCommit } from './contains';
import { changedBlobs, otherSources, pushedFiles, type Blobs } from './draft';
import { pushReport, type PushReport } from './porcelain';
import { readRef, type RefState } from './refs';
import type { Repository } from './repository';
import type { PublishOutcome, PublishRequest, PublishStep } from './request';
import { staleness } from './staleness';
import { unprovenRemedy } from './stale';
import { parseTrailers, withTrailers } from './trailers';
import { readTree } from './tree';

/** What stays the same, and what adds up, over the attempts of one publication. */
export interface Publication {
  readonly request: PublishRequest;
  readonly repository: Repository;
  readonly blobs: Blobs;
  /** Commits pushed so far whose fate an earlier attempt could not settle. */
  readonly sent: readonly string[];
  readonly attempt: number;
  /** Milliseconds since the epoch of the first attempt; all commits bear it. */
  readonly startedAt: number;
  /** Milliseconds since the epoch at which all of it ends. */
  readonly endsAt: number;
}

export type AttemptResult =
  | { readonly next: 'end'; readonly outcome: PublishOutcome }
  | {
      readonly next: 'retry';
      readonly reason: string;
      readonly sent: readonly string[];
      readonly outcome: PublishOutcome;
    };

export const attemptOnce = async (publication: Publication): Promise<AttemptResult> => {
  const { request, repository, attempt, sent } = publication;
  const { files, source, branch, author, previewReason } = request;
  const step = async (name: PublishStep) => request.on?.(name, attempt);

  await step('observe');
  const state = await readRef(repository, branch);
  const { tip } = state;
  await step('fetch');
  if (tip !== null) await repository.ask(fetchCommitArgs(tip));
  await step('compare');
  const trailers = tip === null ? {} : parseTrailers(await readMessage(repository, tip));
  const entries = tip === null ? [] : await readTree(repository, tip);
  const changed = await changedBlobs(repository, entries, files, publication.blobs);
  const message = withTrailers(request.message, source, otherSources(entries, trailers, files));
  const outcome = (
    result: PublishOutcome['result'],
    newCommit: string | null,
    ...reasons: string[]
  ): PublishOutcome => {
    const written = result === 'superseded' ? {} : changed;
    return {
      result,
      oldCommit: tip,
      newCommit,
      attempts: attempt,
      files: pushedFiles(files, written),
      reasons,
      message,
    };
  };
  const end = (...of: Parameters<typeof outcome>): AttemptResult => ({ next: 'end', outcome: outcome(...of) });

  const held = await heldCommit(repository, tip, sent);
  if (held !== undefined)
    return end('already-applied', held, 'an earlier attempt was applied though its answer was lost');
  if (isDefault(state, branch))
    return end('refused', tip, `${branch} is the remote's default branch: publish to another one`);
  if (previewReason === undefined) {
    const stale = await staleness(request, trailers, publication.endsAt);
    if (stale.verdict === 'superseded') return end('superseded', tip, stale.reason);
    if (stale.verdict === 'unproven' && Object.keys(changed).length > 0)
      return end('refused', tip, stale.reason, unprovenRemedy);
  }
  if (Object.keys(changed).length === 0) return end('unchanged', tip);
  if (previewReason !== undefined) return end('previewed', tip, previewReason);

  await step('commit');
  const time = publication.startedAt;
  const commit = await makeCommit(repository, { tip, blobs: changed, message, author, time, attempt });
  await step('push');
  const report = await push(publication, commit, tip);
  await step('settle');
  const verdict = await settle(publication, commit, tip, report);
  if (verdict.next === 'retry') {
    return { ...verdict, sent: [...sent, commit], outcome: outcome('failed', tip, verdict.reason) };
  }
  const reasons = verdict.reason === undefined ? [] : [verdict.reason];
  return end(verdict.result, verdict.result === 'refused' ? tip : commit, ...reasons);
};

const isDefault = ({ tip, defaultRef }: RefState, branch: string): boolean =>
  tip !== null && defaultRef === refOf(branch);

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
