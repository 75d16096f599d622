/** Compares every generated file with its published one, runs the guards, and records digests push-constraints must find. */
import { cellsOf, type ChangesRecord } from '@nx-ci-cache/records';
import { CiCacheError, mapConcurrently, writeFileAtomic } from '@nx-ci-cache/process';
import { changesMarkdown } from '@nx-ci-cache/report';
import { asExecutor, type Step } from '../../step/context/as-executor';
import { changesRecord } from '../../step/cells/changes-record';
import { checkCell } from '../../step/cells/check-cell';
import { resolutionsAtOnce } from '../../step/cells/resolve-facts';
import { readBranchFacts, recorded } from '../../step/context/recorded';
import type { CheckConstraintsOptions } from './schema';

/** @throws CiCacheError `PushRefused` with every refusal of every file, after they were recorded. */
export const checkConstraints: Step<CheckConstraintsOptions, ChangesRecord> = async (_options, context) => {
  const { run } = await readBranchFacts(context);
  const record = await recorded<ChangesRecord>(
    context.at(context.paths.changes),
    async () => {
      const cells = await mapConcurrently(cellsOf(context.config), resolutionsAtOnce, (cell) =>
        checkCell(cell, context),
      );
      return changesRecord(run, cells, context);
    },
    (error) => ({ run, result: 'failed', files: [], digests: {}, error }),
  );
  const markdown = changesMarkdown(record);
  await writeFileAtomic(context.at(context.paths.changesMarkdown), markdown);
  context.say(markdown);
  if (record.result === 'refused') throw refused(record);
  return record;
};

const refused = ({ refusals = [] }: ChangesRecord) =>
  new CiCacheError(
    'PushRefused',
    ['the guards refuse these files:', ...refusals.map(({ file, text }) => `${file}: ${text}`)].join('\n    '),
    {
      remedy: [...new Set(refusals.map(({ remedy }) => remedy))].join('\n  → '),
      data: { refusals },
    },
  );

export default asExecutor(checkConstraints);
