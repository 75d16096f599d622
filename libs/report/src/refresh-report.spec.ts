import type { BranchFacts } from '@nx-ci-cache/records';
import { refreshReport, type ReportedRun, type ReportStep } from './refresh-report';
import { branchFacts, done, reportedRun, stepOf } from './testing/run';

const outcome = (changed: Partial<ReportedRun>) => {
  const report = refreshReport(reportedRun(changed));
  return [report.outcome, report.failed];
};
const preview: BranchFacts = { ...branchFacts, preview: 'this is a pull request' };
const push = (status: ReportStep['status']) => stepOf('push-constraints', status);

it.each<[string, Partial<ReportedRun>, string, string[]]>([
  ['branch, leg or tag changed', { steps: [done, push('done')] }, 'refreshed', []],
  ['a cell was resolved, to the same', { steps: [done, push('unchanged')] }, 'nothing-to-do', []],
  ['nothing may be changed', { branch: preview, steps: [push('previewed')] }, 'preview', []],
  ['a step failed', { steps: [push('failed'), stepOf('plan-refresh', 'skipped')] }, 'failed', ['push-constraints']],
  ['a preview failed', { branch: preview, steps: [push('failed')] }, 'failed', ['push-constraints']],
  ['a step left no record', { steps: [push('skipped')] }, 'failed', ['push-constraints']],
  ['nothing was observed', { branch: undefined, steps: [push('done')] }, 'failed', ['snapshot']],
])('where %s the outcome is told', (_what, changed, expected, failed) => {
  expect(outcome(changed)).toEqual([expected, failed]);
});

it('ends when the last step of this run did, whatever Nx restored', () => {
  const at = (endedAt: string) => ({ run: 'r', startedAt: branchFacts.startedAt, endedAt });
  const steps = [
    { ...done, made: at('2026-05-02T10:00:03.000Z') },
    { ...push('unchanged'), made: { ...at('2026-05-02T10:00:09.000Z'), ciRun: 'https://ci.example.com/1' } },
    { ...done, made: { ...at('2026-06-01T00:00:00.000Z'), run: 'other' }, replayed: true as const },
  ];
  const report = refreshReport(reportedRun({ steps }));
  expect(report).toMatchObject({ endedAt: '2026-05-02T10:00:09.000Z', ciRun: 'https://ci.example.com/1' });
});

it('tells what others did apart from what changed', () => {
  const reasons = [
    { kind: 'source', text: 'files of the source context changed' },
    { kind: 'cache-gone', text: 'the cache ref r is gone' },
  ] as const;
  const steps = [{ ...stepOf('buildx-refresh', 'done'), step: 'buildx-refresh--ci', reasons }];
  expect(refreshReport(reportedRun({ steps })).drift).toEqual([
    { step: 'buildx-refresh--ci', kind: 'cache-gone', text: 'the cache ref r is gone' },
  ]);
});
