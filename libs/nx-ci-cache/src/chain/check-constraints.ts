/** The comparison and the guards, over all cells of the run. */
import { changesLine } from '@nx-ci-cache/report';
import { cellsOf, type ChangesRecord } from '@nx-ci-cache/records';
import { cellTarget } from './target-names';
import { defineStep } from './definition';

export const checkConstraintsStep = defineStep({
  name: 'check-constraints',
  says: () => 'Compares generated with published constraints',
  // Not on the aggregate: its process would be one more to wait for.
  after: (_part, config) => cellsOf(config).map(cellTarget),
  writes: (_part, { paths }) => [paths.changesMarkdown],
  record: (_part, { paths }) => paths.changes,
  line: async (_part, { paths, ofRun }) => changesLine(await ofRun<ChangesRecord>(paths.changes)),
});
