/** Read-only: writes the published constraint files of this branch for other targets to install with. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cellsOf, constraintFile } from '@nx-ci-cache/records';
import { CiCacheError, counted, writeFileAtomic } from '@nx-ci-cache/process';
import { checkPublished } from '@nx-ci-cache/branch';
import { asExecutor } from '../../step/context/as-executor';
import { step } from '../../step/recorded';
import { observeRun } from '../../step/facts/observe-run';
import { targetDoing } from '../../step/context/own-tasks';
import { constraintsStep } from '../../chain/constraints';
import { pushConstraintsStep } from '../../chain/push-constraints';

export const constraints = step(constraintsStep, async (_options, context) => {
  const folder = context.paths.materialised;
  await rm(context.at(folder), { recursive: true, force: true });
  const { branch, published } = await observeRun(context);
  const files = cellsOf(context.config).map(constraintFile);
  const missing = files.filter((file) => published[file] === undefined);
  if (missing.length > 0) {
    throw new CiCacheError('OptionInvalid', `${branch.branch} does not hold ${missing.join(', ')} yet`, {
      remedy: `Run ${targetDoing(pushConstraintsStep, {}, context)} once for this branch.`,
    });
  }
  checkPublished(published, branch.branch);
  for (const file of files) await writeFileAtomic(context.at(join(folder, file)), published[file] ?? '');
  context.say(`${counted(files.length, 'file')} of ${branch.branch} at ${branch.tip?.slice(0, 12)} in ${folder}`);
});

export default asExecutor(constraints);
