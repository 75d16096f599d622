import { refreshBadge, statusBadge } from './badge';
import { refreshReport } from './refresh-report';
import { branchFacts, done, reportedRun, stepOf } from './testing/run';

const push = stepOf('push-constraints', 'done');

it.each([
  ['a run that changed something', { steps: [done, push] }, { message: 'refreshed', color: 'brightgreen' }],
  ['one that found nothing', {}, { message: 'nothing to do', color: 'brightgreen' }],
  ['a preview', { branch: { ...branchFacts, preview: 'a pull request' } }, { message: 'preview', color: 'blue' }],
  [
    'a failure, by the first step',
    { steps: [stepOf('plan-refresh', 'failed'), stepOf('refresh', 'failed')] },
    { message: 'failed at plan-refresh and 1 more', color: 'red', isError: true },
  ],
])('%s', (_what, changed, expected) => {
  const badge = refreshBadge(refreshReport(reportedRun(changed)));
  expect(badge).toEqual({ schemaVersion: 1, label: 'ci-cache', ...expected });
});

it.each([
  ['fresh', { message: 'fresh', color: 'brightgreen' }],
  ['changes-pending', { message: 'changes pending', color: 'yellow' }],
  ['trouble', { message: 'trouble', color: 'red', isError: true }],
] as const)('a status that is %s', (outcome, expected) => {
  expect(statusBadge({ project: 'app', outcome })).toEqual({ schemaVersion: 1, label: 'app', ...expected });
});
