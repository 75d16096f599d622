/** The plan of one leg: its inputs held against what the registry recorded, written for the leg and for the report. */
import { randomUUID } from 'node:crypto';
import { mayBuild, type LegSpec } from '@nx-ci-cache/config';
import {
  planLeg,
  readLegSources,
  readLegState,
  seenInputs,
  sharedContexts,
  staleReasons,
  standingOf,
  type LegFacts,
  type Order,
  type PlannedLeg,
  type RegistryClient,
  type Standing,
} from '@nx-ci-cache/images';
import { askedOnce, mapConcurrently, writeJson } from '@nx-ci-cache/process';
import {
  isGranted,
  type BranchFacts,
  type LastBuild,
  type LegInputs,
  type LegReasons,
  type Permission,
} from '@nx-ci-cache/records';
import type { StepContext } from '../context/context';
import { legFacts } from './leg-facts';

export interface LegWithPlan extends PlannedLeg {
  readonly spec: LegSpec;
  readonly inputs: LegInputs;
  /** The recorded build, whether it answers the inputs or not. */
  readonly last?: LastBuild;
  /** The run was asked for other legs. */
  readonly leftOut: boolean;
}

interface LegsToPlan {
  readonly specs: readonly LegSpec[];
  readonly branch: BranchFacts;
  readonly order: Order;
  /** Denied, a stale leg gets no build id. */
  readonly permission: Permission['legs'];
  readonly registry: RegistryClient;
  readonly context: StepContext;
  /** What a leg is made from, on top of those it starts from. Default: what this run laid out. */
  readonly factsOf?: (spec: LegSpec, baseLegs: LegFacts['baseLegs']) => Promise<LegFacts>;
}

const legsAtOnce = 16;

/** @throws CiCacheError `RegistryFailed` for the first leg that fails. */
export const planLegs = (facts: LegsToPlan): Promise<LegWithPlan[]> =>
  mapConcurrently(facts.specs, legsAtOnce, legPlanner(facts));

/**
 * What legs have in common, their context and what the registry was asked before, is read once. An image that others start
 * from is planned before them: so one that is stale makes them stale in the same run.
 * @throws CiCacheError `RegistryFailed` when the registry gives no clear answer: that is never "absent".
 */
export const legPlanner = (facts: LegsToPlan): ((spec: LegSpec) => Promise<LegWithPlan>) => {
  const { specs, branch, order, permission, registry, context } = facts;
  const { factsOf = (spec, baseLegs) => legFacts(spec, branch, context, baseLegs) } = facts;
  const readContext = sharedContexts();
  const { force } = context.switches;
  const preview = !isGranted(permission);
  // What is only proposed to the branch is not older than it.
  const isOrdered = !preview || branch.sourceBranch === branch.imageBranch;
  const once = askedOnce<LegWithPlan>();
  const planOnce = (spec: LegSpec): Promise<LegWithPlan> => once(spec.name, () => plan(spec));
  const plan = async (spec: LegSpec): Promise<LegWithPlan> => {
    const bases = await Promise.all(basesOf(spec, specs).map(planOnce));
    const baseLegs = Object.fromEntries(bases.map((base) => [base.spec.name, base.plan.inputDigest]));
    const sources = await readLegSources(await factsOf(spec, baseLegs), readContext);
    const { recorded, problems } = await readLegState(registry, spec, { now: order.observedAt, preview });
    const { inputs, unseen } = seenInputs(sources.inputs, recorded);
    const state = { ...(recorded && { recorded }), problems: [...unseen, ...problems] };
    const leftOut = !mayBuild(spec.name, context.switches);
    const isAsked = isOrdered && !leftOut && staleReasons(state, inputs, force).length > 0;
    const standing = behindBase(bases) ?? (await standingOf(spec, inputs, isAsked ? state.recorded : undefined, order));
    const newBuildId = randomUUID();
    const planned = planLeg({ spec, inputs, state, standing, force, preview, leftOut, newBuildId });
    return {
      spec,
      inputs,
      leftOut,
      ...planned,
      ...(state.recorded === undefined ? {} : { last: lastBuild(state.recorded) }),
    };
  };
  return planOnce;
};

const basesOf = ({ imageBases }: LegSpec, specs: readonly LegSpec[]): LegSpec[] => {
  const names = new Set(Object.values(imageBases).map(({ name }) => name));
  return specs.filter(({ name }) => names.has(name));
};

/** What starts from an image that a newer state keeps from being built is not built either. */
const behindBase = (bases: readonly LegWithPlan[]): Standing | undefined => {
  const [base] = bases.filter(({ superseded }) => superseded !== undefined);
  if (base === undefined) return undefined;
  return { place: 'older-state', reason: `its base ${base.spec.name} is superseded: ${base.superseded}` };
};

const lastBuild = ({ seconds, ranOn }: LastBuild): LastBuild => ({
  ...(seconds === undefined ? {} : { seconds }),
  ...(ranOn === undefined ? {} : { ranOn }),
});

export const writePlan = async (
  { spec, plan, inputs, reasons, superseded, replaces, last }: LegWithPlan,
  run: string,
  constraintsCommit: string | null,
  { at, paths }: StepContext,
): Promise<void> => {
  const why: LegReasons = {
    ...{ run, leg: spec.name, stale: reasons.length > 0, reasons, inputs, constraintsCommit },
    ...(superseded === undefined ? {} : { superseded }),
    ...(replaces === undefined ? {} : { replaces }),
    ...(last === undefined ? {} : { last }),
  };
  await writeJson(at(paths.reasons(spec)), why);
  await writeJson(at(paths.plan(spec)), plan);
};
