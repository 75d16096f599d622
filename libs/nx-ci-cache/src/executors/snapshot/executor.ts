/** Observes index, branch and base images, and writes one facts file per consumer. */
import { observeRun } from '../../step/facts/observe-run';
import { asExecutor, type Step } from '../../step/context/as-executor';
import { writeCells } from '../../step/facts/write-cells';
import { writeBases, writeBranch, writePublished } from '../../step/facts/write-facts';
import { checkWiring } from '../../step/push/wiring';
import { checkWorkspace } from '../../step/push/workspace-rules';
import type { SnapshotOptions } from './schema';

export const snapshot: Step<SnapshotOptions> = async (_options, context) => {
  checkWiring(context);
  checkWorkspace(context);
  const { branch, published } = await observeRun(context);
  await writeCells(context, branch, published);
  await writeBases(context, branch);
  await writePublished(context, published);
  await writeBranch(context, branch);

  context.say(
    `source ${branch.sourceCommit.slice(0, 12)} → ${branch.branch}, tip ${branch.tip?.slice(0, 12) ?? 'none'}`,
  );
  context.say(`cut-off ${branch.cutoff}`);
  if (branch.preview !== undefined) context.say(`preview: ${branch.preview}`);
};

export default asExecutor(snapshot);
