/** A run to report in tests: one in which all is well. */
import type { BranchFacts } from '@nx-ci-cache/records';
import type { StepStatus } from '../line';
import type { ReportedRun, ReportStep } from '../refresh-report';

export const branchFacts: BranchFacts = {
  ...{ run: 'r', startedAt: '2026-05-02T10:00:00.000Z', imageBranch: 'main', sourceBranch: 'main' },
  ...{ sourceCommit: 'c0ffee', branch: 'constraints-main', remote: 'https://git.example.com/x', tip: null },
  cutoff: '2026-05-02T00:00:00Z',
};

export const stepOf = (executor: string, status: StepStatus, text = `${executor} is ${status}`): ReportStep => ({
  ...{ step: executor, executor, status, text },
});

export const done = stepOf('generate-constraints', 'done', '7 pins');

export const reportedRun = (changed: Partial<ReportedRun> = {}): ReportedRun => ({
  ...{ project: 'ci-cache', branch: branchFacts, steps: [done], changes: undefined, push: undefined, ...changed },
});
