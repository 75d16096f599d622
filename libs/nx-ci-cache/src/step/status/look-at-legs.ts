/** Each leg as plan-refresh would judge it, from the published constraints, without a plan, a builder or a build id. */
import { detectSource } from '@nx-ci-cache/branch';
import type { LegSpec } from '@nx-ci-cache/config';
import { layerBytes, readLegState, type RecordedLeg, type RegistryClient } from '@nx-ci-cache/images';
import { mapConcurrently } from '@nx-ci-cache/process';
import { isDrift, leavesCache, leavesImage, type Reason } from '@nx-ci-cache/records';
import type { LegStatus, Trouble } from '@nx-ci-cache/report';
import type { StepContext } from '../context/context';
import { legSpecs } from '../context/leg-specs';
import { specsOf } from '../doctor/specs';
import { observeBases } from '../facts/observe-bases';
import { legOrder } from '../legs/leg-order';
import { legPlanner, type LegWithPlan } from '../legs/plan-leg';
import { attempt, troubleOf } from './attempt';
import type { SeenBranch } from './look-at-branch';

export interface SeenLegs {
  readonly legs: readonly LegStatus[];
  /** Those that could be judged. */
  readonly planned: readonly LegWithPlan[];
  readonly troubles: readonly Trouble[];
}

const legsAtOnce = 16;

export const lookAtLegs = async (
  seen: SeenBranch,
  registry: RegistryClient,
  context: StepContext,
): Promise<SeenLegs> => {
  const { value: specs, troubles } = await attempt('images', async () => legSpecs(context, seen.branch));
  if (specs === undefined) return { legs: [], planned: [], troubles };
  const bases = await attempt('base images', () =>
    observeBases(specs, { commit: seen.branch.sourceCommit }, context, { preview: true }),
  );
  const plan = bases.value === undefined ? undefined : planner(specs, { seen, registry, bases: bases.value }, context);
  const looked = await mapConcurrently(specs, legsAtOnce, (spec) => lookAtLeg(spec, plan, registry));
  return {
    legs: looked.map(({ leg }) => leg),
    planned: looked.flatMap(({ planned }) => planned ?? []),
    troubles: [...bases.troubles, ...looked.flatMap((each) => each.troubles)],
  };
};

/** Where the branch cannot be asked: what leg tags record is shown, and held against nothing. */
export const recordedLegs = async (registry: RegistryClient, context: StepContext): Promise<SeenLegs> => {
  const source = await detectSource(context.workspaceRoot, context.environment).catch(() => undefined);
  if (source === undefined) return { legs: [], planned: [], troubles: [] };
  const { value: specs = [], troubles } = await attempt('images', async () => specsOf(context, source));
  const looked = await mapConcurrently(specs, legsAtOnce, (spec) => lookAtLeg(spec, undefined, registry));
  return {
    legs: looked.map(({ leg }) => leg),
    planned: [],
    troubles: [...troubles, ...looked.flatMap((each) => each.troubles)],
  };
};

const planner = (
  specs: readonly LegSpec[],
  { seen, registry, bases }: { seen: SeenBranch; registry: RegistryClient; bases: Readonly<Record<string, string>> },
  context: StepContext,
) => {
  const { branch, published } = seen;
  return legPlanner({
    ...{ specs, branch, registry, context },
    permission: { denied: 'a status builds nothing' },
    order: legOrder(branch, branch.tip, context),
    factsOf: async (spec, baseLegs = {}) => ({
      ...{ spec, baseLegs, bases, constraints: published, allowDirty: true },
      source: { workspaceRoot: context.workspaceRoot, commit: branch.sourceCommit },
    }),
  });
};

interface LookedAt {
  readonly leg: LegStatus;
  readonly planned?: LegWithPlan;
  readonly troubles: readonly Trouble[];
}

const lookAtLeg = async (
  spec: LegSpec,
  plan: ((spec: LegSpec) => Promise<LegWithPlan>) | undefined,
  registry: RegistryClient,
): Promise<LookedAt> => {
  const { name, image, python, platform, cacheRef } = spec;
  const leg = { leg: name, image, python, platform, cacheRef };
  try {
    // Also of a leg that cannot be judged; the registry is asked once.
    const { recorded } = await readLegState(registry, spec, { preview: true });
    const planned = await plan?.(spec);
    const sizes = await sizesOf(spec, recorded, registry);
    const reasons = planned?.reasons ?? [];
    return {
      leg: {
        ...leg,
        state: stateOf(planned, recorded),
        reasons,
        ...(planned?.superseded === undefined ? {} : { superseded: planned.superseded }),
        ...(recorded === undefined ? {} : { recorded: { ...told(recorded), ...sizes.image } }),
        ...sizes.cache,
      },
      ...(planned === undefined ? {} : { planned }),
      troubles: reasons.filter(isBroken).map(({ text }) => ({ what: name, says: text })),
    };
  } catch (error) {
    return { leg: { ...leg, state: 'unknown', reasons: [] }, troubles: [troubleOf(name, error)] };
  }
};

const stateOf = (planned: LegWithPlan | undefined, recorded: RecordedLeg | undefined): LegStatus['state'] => {
  if (planned === undefined || planned.reasons.some(({ kind }) => kind === 'unseen')) return 'unknown';
  if (recorded === undefined) return 'absent';
  return planned.reasons.length === 0 ? 'fresh' : 'stale';
};

/** What others did to what we recorded, and what no account lets us see. */
const isBroken = (reason: Reason): boolean => isDrift(reason) || reason.kind === 'unseen';

const told = ({ observedAt, node, ranOn, seconds, sourceCommit, constraintsCommit }: RecordedLeg) => ({
  ...(observedAt === undefined ? {} : { observedAt }),
  node,
  ...(ranOn === undefined ? {} : { ranOn }),
  ...(seconds === undefined ? {} : { seconds }),
  ...{ sourceCommit, constraintsCommit },
});

const sizesOf = async (spec: LegSpec, recorded: RecordedLeg | undefined, registry: RegistryClient) => {
  const digest = leavesImage(spec) ? recorded?.digest : undefined;
  const bytesOf = async (reference: string) => layerBytes(await registry.getManifest(reference));
  const image = digest === undefined ? [] : await bytesOf(`${spec.repository}@${digest}`);
  const cache = leavesCache(spec) && recorded !== undefined ? await bytesOf(spec.cacheRef) : [];
  return {
    image: image.length === 0 ? {} : { imageBytes: sum(image) },
    cache: cache.length === 0 ? {} : { cacheBytes: sum(cache) },
  };
};

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
