/** Records as a step may use them: each names this run, its facts or its plan, whatever Nx restored or left lying there. */
import {
  cellDoubt,
  legDoubt,
  runDoubt,
  type Cell,
  type CellRecord,
  type Leg,
  type LegPlan,
  type LegReasons,
  type LegRecord,
} from '@nx-ci-cache/records';
import { CiCacheError, digestOf, readJson } from '@nx-ci-cache/process';
import { cellTarget, legTarget } from '../../chain/target-names';
import { readCellFacts } from './cell-facts';
import type { StepContext } from '../context/context';

/** @throws CiCacheError `OptionInvalid` when the constraint file, whose text is given, is not what this run's facts make. */
export const proveCurrentCell = async (cell: Cell, text: string, context: StepContext): Promise<void> => {
  const path = context.paths.cellRecord(cell);
  const record = await readJson<CellRecord>(context.at(path));
  const { digest: facts } = await readCellFacts(cell, context);
  const doubt = cellDoubt(record, { facts, digest: digestOf(text) });
  undoubted(record, doubt, { path, target: cellTarget(cell) }, context);
};

interface CurrentPlan extends Pick<LegReasons, 'constraintsCommit' | 'replaces'> {
  readonly plan: LegPlan;
}

/** @throws CiCacheError `OptionInvalid` when `plan-refresh` has not planned the leg in this run. */
export const currentPlan = async (leg: Leg, run: string, context: StepContext): Promise<CurrentPlan> => {
  const { at, paths } = context;
  const [plan, reasons] = await Promise.all([
    readJson<LegPlan>(at(paths.plan(leg))),
    readJson<LegReasons>(at(paths.reasons(leg))),
  ]);
  const target = 'plan-refresh';
  const { constraintsCommit, replaces } = undoubted(
    reasons,
    runDoubt(reasons, run),
    { path: paths.reasons(leg), target },
    context,
  );
  return {
    plan: undoubted(plan, undefined, { path: paths.plan(leg), target }, context),
    constraintsCommit,
    ...(replaces === undefined ? {} : { replaces }),
  };
};

/** @throws CiCacheError `OptionInvalid` when the leg's record does not answer the plan of this run. */
export const currentLeg = async (leg: Leg, run: string, context: StepContext): Promise<LegRecord> => {
  const { plan } = await currentPlan(leg, run, context);
  const path = context.paths.leg(leg);
  const record = await readJson<LegRecord>(context.at(path));
  return undoubted(record, legDoubt(record, plan), { path, target: legTarget(leg) }, context);
};

const undoubted = <Record>(
  record: Record | undefined,
  doubt: string | undefined,
  { path, target }: { readonly path: string; readonly target: string },
  { projectName }: StepContext,
): Record => {
  if (record !== undefined && doubt === undefined) return record;
  throw new CiCacheError('OptionInvalid', `${path} ${doubt ?? 'is missing'}`, {
    remedy:
      `Run this target with its dependencies, among them ${projectName}:${target}. If it was, Nx replayed that target ` +
      'without its facts: remove its "inputs", "outputs" and "dependsOn" from project.json, package.json and ' +
      'targetDefaults of nx.json.',
  });
};
