/** Compares every generated file with its published one, runs the guards, and records digests push-constraints must find. */
import { cellsOf, type ChangesRecord } from '@nx-ci-cache/records';
import { CiCacheError, mapConcurrently, writeFileAtomic } from '@nx-ci-cache/process';
import { changesMarkdown, changesTerminal } from '@nx-ci-cache/report';
import { asExecutor } from '../../step/context/as-executor';
import type { StepContext } from '../../step/context/context';
import { step } from '../../step/recorded';
import { changesRecord } from '../../step/cells/changes-record';
import { checkCell } from '../../step/cells/check-cell';
import { resolutionsAtOnce } from '../../step/cells/resolve-facts';
import { comparedDigest } from '../../step/facts/judged';
import { readBranchFacts } from '../../step/context/required';
import { checkConstraintsStep } from '../../chain/check-constraints';

const compare = async (_part: object, context: StepContext): Promise<ChangesRecord> => {
  const { run } = await readBranchFacts(context);
  const inputs = await comparedDigest(context);
  const cells = await mapConcurrently(cellsOf(context.config), resolutionsAtOnce, (cell) => checkCell(cell, context));
  const record = await changesRecord({ run, inputs }, cells, context);
  const { changes, changesMarkdown: path } = context.paths;
  await writeFileAtomic(context.at(path), changesMarkdown(record, changes));
  context.say(changesTerminal(record, path), { type: 'changes', changes: record });
  return record;
};

/** @throws CiCacheError `PushRefused` with every refusal of every file, after they were recorded. */
export const checkConstraints = step(checkConstraintsStep, compare, (record) => {
  if (record.result === 'refused') throw refused(record);
});

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
