/** The plan of one leg: its inputs held against what the registry recorded, written for the leg and for the report. */
import { randomUUID } from 'node:crypto';
import type { LegSpec } from '@nx-ci-cache/config';
import { planLeg, readLegSources, readLegState, type PlannedLeg } from '@nx-ci-cache/images';
import { writeJson } from '@nx-ci-cache/process';
import { isGranted, type BranchFacts, type LegInputs, type LegReasons, type Permission } from '@nx-ci-cache/records';
import type { StepContext } from '../context/context';
import { imageTools } from '../context/image-tools';
import { legFacts } from './leg-facts';

export interface LegWithPlan extends PlannedLeg {
  readonly spec: LegSpec;
  readonly inputs: LegInputs;
}

interface LegToPlan {
  readonly spec: LegSpec;
  readonly branch: BranchFacts;
  /** Denied, a stale leg gets no build id. */
  readonly permission: Permission['legs'];
  readonly context: StepContext;
}

/** @throws CiCacheError `RegistryFailed` when the registry gives no clear answer: that is never "absent". */
export const planOneLeg = async ({ spec, branch, permission, context }: LegToPlan): Promise<LegWithPlan> => {
  const { inputs } = await readLegSources(await legFacts(spec, branch, context));
  const state = await readLegState(imageTools(context).registry, spec);
  const { force } = context.switches;
  return {
    spec,
    inputs,
    ...planLeg({ spec, inputs, state, force, preview: !isGranted(permission), newBuildId: randomUUID() }),
  };
};

export const writePlan = async (
  { spec, plan, inputs, reasons }: LegWithPlan,
  run: string,
  constraintsCommit: string | null,
  { at, paths }: StepContext,
): Promise<void> => {
  const why: LegReasons = { run, leg: spec.name, stale: reasons.length > 0, reasons, inputs, constraintsCommit };
  await writeJson(at(paths.reasons(spec)), why);
  await writeJson(at(paths.plan(spec)), plan);
};
