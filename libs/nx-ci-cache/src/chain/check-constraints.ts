/** The comparison and the guards, over all cells of the run: a pure function of what was generated, what is published, and the rules. */
import { frozenImagesOf } from '@nx-ci-cache/config';
import { changesLine } from '@nx-ci-cache/report';
import { cellsOf, constraintFile } from '@nx-ci-cache/records';
import { cellTarget, freezeTarget } from './target-names';
import { defineStep } from './definition';

export const checkConstraintsStep = defineStep({
  name: 'check-constraints',
  says: () => 'Compares generated with published constraints',
  // Not on the target of all cells: its process would be one more to wait for.
  after: (_part, config) => [
    'snapshot',
    ...frozenImagesOf(config).map(({ name }) => freezeTarget(name)),
    ...cellsOf(config).map(cellTarget),
  ],
  facts: (_part, { config, paths }) => [
    paths.config,
    ...frozenImagesOf(config).map(({ name }) => paths.freeze(name)),
    ...cellsOf(config).flatMap((cell) => [
      paths.cellFacts(cell),
      paths.constraints(cell),
      paths.cellRecord(cell),
      `${paths.published}/${constraintFile(cell)}`,
    ]),
  ],
  writes: (_part, { paths }) => [paths.changesMarkdown],
  record: (_part, { paths }) => paths.changes,
  line: async (_part, { changes }) => changesLine(await changes()),
});
