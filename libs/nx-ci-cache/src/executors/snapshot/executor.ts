/** Observes index and branch, and writes one facts file per consumer. */
import { observeRun } from '../../step/facts/observe-run';
import { asExecutor, type Step } from '../../step/context/as-executor';
import { legSpecs } from '../../step/context/leg-specs';
import { writeCells } from '../../step/facts/write-cells';
import { writeBranch, writePublished } from '../../step/facts/write-facts';
import { checkWiring } from '../../step/push/wiring';
import { checkWorkspace } from '../../step/push/workspace-rules';
import type { SnapshotOptions } from './schema';

export const snapshot: Step<SnapshotOptions> = async (_options, context) => {
  checkWiring(context);
  checkWorkspace(context);
  const { branch, published } = await observeRun(context);
  // Before anything else is done: what a placeholder makes of a name would otherwise be refused in mid-run.
  legSpecs(context, branch);
  await writeCells(context, branch, published);
  await writePublished(context, published);
  await writeBranch(context, branch);

  context.say(
    `source ${branch.sourceCommit.slice(0, 12)} → ${branch.branch}, tip ${branch.tip?.slice(0, 12) ?? 'none'}`,
  );
  context.say(`cut-off ${branch.cutoff}`);
  if (branch.preview !== undefined) context.say(`preview: ${branch.preview}`);
};

export default asExecutor(snapshot);
