/** Compares every generated file with its published one and records digests that push-constraints must find again. */
import { cellsOf } from '@nx-ci-cache/config';
import { compareConstraints } from '@nx-ci-cache/constraints';
import { digestOf, writeFileAtomic } from '@nx-ci-cache/process';
import { changesMarkdown, type ChangesRecord } from '@nx-ci-cache/report';
import { asExecutor, type Step } from '../../step/as-executor';
import { generatedFile } from '../../step/generated';
import { readBranchFacts, recorded } from '../../step/recorded';
import type { CheckConstraintsOptions } from './schema';

export const checkConstraints: Step<CheckConstraintsOptions, ChangesRecord> = async (_options, context) => {
  const { run } = await readBranchFacts(context);
  const record = await recorded<ChangesRecord>(
    context.at(context.paths.changes),
    async () => {
      const files = await Promise.all(cellsOf(context.config).map((cell) => generatedFile(cell, context)));
      const changes = files.map(({ file, published, text }) => compareConstraints(file, published, text));
      const changed = changes.some((each) => !each.published || each.changes.length > 0);
      return {
        run,
        result: changed ? ('changed' as const) : ('unchanged' as const),
        files: changes,
        digests: Object.fromEntries(files.map(({ file, text }) => [file, digestOf(text)])),
      };
    },
    (error) => ({ run, result: 'failed', files: [], digests: {}, error }),
  );
  const markdown = changesMarkdown(record);
  await writeFileAtomic(context.at(context.paths.changesMarkdown), markdown);
  context.say(markdown);
  return record;
};

export default asExecutor(checkConstraints);
