/** Observes index and branch, and writes one facts file per consumer. */
import { flagOf, invalid, variableOf, type Switches } from '@nx-ci-cache/config';
import { removeFile, writeJson } from '@nx-ci-cache/process';
import type { SnapshotRecord } from '@nx-ci-cache/records';
import { refuseOtherOptions } from '../../configuration/options';
import { observeLinux } from '../../step/facts/observe-linux';
import { observeRun } from '../../step/facts/observe-run';
import { asExecutor } from '../../step/context/as-executor';
import { step } from '../../step/recorded';
import { legSpecs } from '../../step/context/leg-specs';
import { refuseImageFaults } from '../../step/facts/image-faults';
import { observeResolving, writeCells } from '../../step/facts/write-cells';
import { writeBranch, writePublished } from '../../step/facts/write-facts';
import { refuseClash } from '../../plugin/clash';
import { checkWiring } from '../../step/push/wiring';
import { checkWorkspace } from '../../step/push/workspace-rules';
import { snapshotStep } from '../../chain/snapshot';

export const snapshot = step(snapshotStep, async (options, context): Promise<SnapshotRecord> => {
  // Facts of an earlier run are none of this one, should it come no further than here.
  await removeFile(context.at(context.paths.branch));
  refuseGiven(context.switches);
  refuseOtherOptions(options, context.config.projectRoot, context.workspaceRoot);
  refuseClash(context);
  checkWiring(context);
  checkWorkspace(context);
  const [{ branch, published }, resolving] = await Promise.all([observeRun(context), observeResolving(context)]);
  // Before anything else is done: what a placeholder makes of a name would otherwise be refused in mid-run.
  const specs = legSpecs(context, branch);
  await refuseImageFaults(specs, branch, context);
  const linuxOf = await observeLinux(specs, branch, context);
  await writeCells(context, branch, published, { ...resolving, linuxOf });
  await writePublished(context, published);
  await writeJson(context.at(context.paths.config), context.config);
  await writeBranch(context, branch);

  context.say(
    `source ${branch.sourceCommit.slice(0, 12)} → ${branch.branch}, tip ${branch.tip?.slice(0, 12) ?? 'none'}`,
  );
  context.say(`cut-off ${branch.cutoff}`);
  if (branch.preview !== undefined) context.say(`preview: ${branch.preview}`);
  const { run, startedAt } = branch;
  return { run, result: 'observed', startedAt };
});

/** What begins here resolves and looks for itself. */
const refuseGiven = (switches: Switches): void => {
  for (const name of ['constraintsCommit', 'seen'] as const) {
    if (switches[name] === undefined) continue;
    const place = { file: 'switches', key: flagOf(name) };
    const remedy = `Leave out --${flagOf(name)} and ${variableOf(name)}, or run build-legs or publish-legs.`;
    throw invalid(place, switches[name], 'nothing in a run that resolves constraints itself', remedy);
  }
};

export default asExecutor(snapshot);
