/** The look into the registry that decides which legs are built. */
import { planLine } from '@nx-ci-cache/report';
import type { PlanRecord } from '@nx-ci-cache/records';
import { defineStep } from './definition';

export const planRefreshStep = defineStep({
  name: 'plan-refresh',
  says: () => 'Finds the legs that are stale',
  after: () => ['push-constraints'],
  writes: (_part, { paths }) => [paths.bases, paths.plans],
  record: (_part, { paths }) => paths.planRecord,
  line: async (_part, { paths, ofRun }) => planLine(await ofRun<PlanRecord>(paths.planRecord)),
});
