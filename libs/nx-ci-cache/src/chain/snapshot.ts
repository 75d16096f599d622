/** The first step of a run: it alone reads ci-cache.json, and its record says which run everything beside it is of. */
import { snapshotLine } from '@nx-ci-cache/report';
import type { BranchFacts, SnapshotRecord } from '@nx-ci-cache/records';
import { defineStep } from './definition';

export const snapshotStep = defineStep({
  name: 'snapshot',
  says: () => 'Observes index and branch',
  configuration: 'file',
  writes: (_part, { paths }) => [paths.config, paths.cells, paths.branch, paths.published],
  record: (_part, { paths }) => paths.snapshot,
  start: (paths) => paths.snapshot,
  line: async (_part, { paths, ofRun }) =>
    snapshotLine(await ofRun<SnapshotRecord>(paths.snapshot), await ofRun<BranchFacts>(paths.branch)),
});
