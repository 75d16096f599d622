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
  const text = `${what}, ${push.branch} at ${commit}`;
  return push.result === 'pushed' ? { status, text, verified: readBack(push) } : { status, text };
};

const readBack = ({ branch, newCommit, tag }: PushRecord) => [
  { what: `${branch} at ${newCommit}`, how: 'compare-and-swap, and the remote was asked again' },
  ...(tag === undefined ? [] : [{ what: `the tag ${tag}`, how: 'the remote was asked again' }]),
];
