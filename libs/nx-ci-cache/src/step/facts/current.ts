/** Records as a step may use them: each names this run, its facts or its plan, whatever Nx restored or left lying there. */
import {
  cellDoubt,
  legDoubt,
  runDoubt,
  type Cell,
  type CellRecord,
  type ImagePlan,
  type ImageReasons,
  type Leg,
  type LegPlan,
  type LegReasons,
  type LegRecord,
  type PublishedImage,
} from '@nx-ci-cache/records';
import { CiCacheError, digestOf, readJson } from '@nx-ci-cache/process';
import { buildxRefreshStep } from '../../chain/buildx-refresh';
import { generateConstraintsStep } from '../../chain/generate-constraints';
import { planRefreshStep } from '../../chain/plan-refresh';
import { imagePlanText, judgedByRun } from './judged';
import { readCellFacts } from './cell-facts';
import type { StepContext } from '../context/context';
import { targetDoing } from '../context/own-tasks';

/** @throws CiCacheError `OptionInvalid` when the constraint file, whose text is given, is not what this run's facts make. */
export const proveCurrentCell = async (cell: Cell, text: string, context: StepContext): Promise<void> => {
  const path = context.paths.cellRecord(cell);
  const record = await readJson<CellRecord>(context.at(path));
  const { digest: facts } = await readCellFacts(cell, context);
  const doubt = cellDoubt(record, { facts, digest: digestOf(text) });
  undoubted(record, doubt, { path, target: () => targetDoing(generateConstraintsStep, cell, context) });
};

interface CurrentPlan extends Pick<LegReasons, 'stale' | 'constraintsCommit' | 'replaces' | 'last'> {
  readonly plan: LegPlan;
}

/** @throws CiCacheError `OptionInvalid` when `plan-refresh` has not planned the leg in this run. */
export const currentPlan = async (leg: Leg, run: string, context: StepContext): Promise<CurrentPlan> => {
  const { at, paths } = context;
  const [plan, reasons] = await Promise.all([
    readJson<LegPlan>(at(paths.plan(leg))),
    readJson<LegReasons>(at(paths.reasons(leg))),
  ]);
  const target = () => targetDoing(planRefreshStep, {}, context);
  const { stale, constraintsCommit, replaces, last } = undoubted(reasons, runDoubt(reasons, run), {
    path: paths.reasons(leg),
    target,
  });
  return {
    plan: undoubted(plan, undefined, { path: paths.plan(leg), target }),
    stale,
    constraintsCommit,
    ...(replaces === undefined ? {} : { replaces }),
    ...(last === undefined ? {} : { last }),
  };
};

export interface CurrentImagePlan {
  readonly plan: ImagePlan;
  readonly planDigest: string;
}

/** An image's plan, and the digest that its record names. @throws CiCacheError `OptionInvalid` when `plan-refresh` has not planned it in this run. */
export const currentImagePlan = async (
  image: PublishedImage,
  run: string,
  context: StepContext,
): Promise<CurrentImagePlan> => {
  const { paths } = context;
  const target = () => targetDoing(planRefreshStep, {}, context);
  const { path, record, doubt } = await judgedByRun<ImageReasons>(
    paths.imageReasons(image.image, image.python),
    run,
    context,
  );
  undoubted(record, doubt, { path, target });
  const found = await imagePlanText(image, context);
  const text = undoubted(found, undefined, { path: paths.imagePlan(image.image, image.python), target });
  return { plan: JSON.parse(text) as ImagePlan, planDigest: digestOf(text) };
};

/** @throws CiCacheError `OptionInvalid` when the leg's record does not answer the plan of this run. */
export const currentLeg = async (leg: Leg, run: string, context: StepContext): Promise<LegRecord> => {
  const { plan } = await currentPlan(leg, run, context);
  const path = context.paths.leg(leg);
  const record = await readJson<LegRecord>(context.at(path));
  return undoubted(record, legDoubt(record, plan), {
    path,
    target: () => targetDoing(buildxRefreshStep, leg, context),
  });
};

const undoubted = <Record>(
  record: Record | undefined,
  doubt: string | undefined,
  { path, target }: { readonly path: string; readonly target: () => string },
): Record => {
  if (record !== undefined && doubt === undefined) return record;
  throw new CiCacheError('OptionInvalid', `${path} ${doubt ?? 'is missing'}`, {
    remedy:
      `Run this target with its dependencies, among them ${target()}. If it was, Nx replayed that target ` +
      'without its facts: remove its "inputs", "outputs" and "dependsOn" from project.json, package.json and ' +
      'targetDefaults of nx.json.',
  });
};
