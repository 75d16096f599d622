/** The report's line about the push. */
import type { FailureRecord, PushRecord, PushResult } from '@nx-ci-cache/records';
import { lineOf, type Line, type StepStatus } from '../line';

const statuses: Readonly<Record<PushResult, StepStatus>> = {
  pushed: 'done',
  unchanged: 'unchanged',
  'already-applied': 'unchanged',
  given: 'unchanged',
  superseded: 'unchanged',
  previewed: 'previewed',
  refused: 'failed',
  failed: 'failed',
};

export const pushLine = (record: PushRecord | FailureRecord | undefined): Line => lineOf(record, pushedLine);

const pushedLine = (push: PushRecord): Line => {
  const status = statuses[push.result];
  if (status === 'failed') return { status, text: push.reasons.join('; ') };
  const commit = push.newCommit?.slice(0, 12) ?? 'no commit';
  const what = push.result === 'unchanged' ? 'nothing changed' : [push.result, ...push.reasons].join(': ');
  return { status, text: `${what}, ${push.branch} at ${commit}` };
};
