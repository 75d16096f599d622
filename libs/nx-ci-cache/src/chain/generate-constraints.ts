/** The cells: one target for each file, cached on its facts. */
import { frozenImageOf } from '@nx-ci-cache/config';
import { cellLine } from '@nx-ci-cache/report';
import { cellsOf, constraintFile, type Cell, type Config } from '@nx-ci-cache/records';
import { cellTarget, freezeTarget } from './target-names';
import { defineStep } from './definition';

export const generateConstraintsStep = defineStep<Cell>({
  name: 'generate-constraints',
  says: ({ mode, python, platform }) => `Resolves ${mode} for Python ${python}${platform ? ` on ${platform}` : ''}`,
  parts: cellsOf,
  options: ({ mode, python, platform }) => ({ mode, python, ...(platform && { platform }) }),
  called: cellTarget,
  whole: { says: 'Resolves all constraints' },
  after: (cell, config) => ['snapshot', ...frozenFor(cell, config).map(freezeTarget)],
  facts: (cell, { config, paths }) => [paths.cellFacts(cell), ...frozenFor(cell, config).map(paths.freeze)],
  writes: (cell, { paths }) => [paths.constraints(cell)],
  record: (cell, { paths }) => paths.cellRecord(cell),
  line: async (cell, { changes, cellRecord }) =>
    cellLine(await cellRecord(cell), constraintFile(cell), await changes()),
});

/** Name of the build whose freeze the cell is made from, if there is one. */
const frozenFor = (cell: Cell, config: Config): string[] => [frozenImageOf(config, cell)?.name ?? []].flat();
