/** Decides, purely, whether a leg must be built. */
import type { LegSpec } from '@nx-ci-cache/config';
import type { LegInputs, LegPlan, Reason } from '@nx-ci-cache/records';
import { inputDigest } from './inputs';
import { inputDifferences } from './reasons';
import { ahead, refuseNameless, supersededBy, type Standing } from './order';
import type { RecordedLeg } from './leg-annotations';
import type { LegState } from './state';

export interface PlanFacts {
  readonly spec: LegSpec;
  readonly inputs: LegInputs;
  readonly state: LegState;
  /** Ours against the recorded build; asked only of a stale leg. Default: ahead of it. */
  readonly standing?: Standing;
  /** Build although nothing asks for it. Default: false. */
  readonly force?: boolean;
  /** Nothing may be built: a stale leg gets no build id. Default: false. */
  readonly preview?: boolean;
  /** The run was asked for other legs: a stale one gets no build id. Default: false. */
  readonly leftOut?: boolean;
  /** Id for the build, should one be needed: random, so that a stale leg can never be a cache hit. */
  readonly newBuildId: string;
}

export interface PlannedLeg {
  readonly plan: LegPlan;
  /** Empty when fresh. */
  readonly reasons: readonly Reason[];
  /** The recorded build that answers the inputs; absent when stale. */
  readonly fresh?: RecordedLeg;
  /** Why a stale leg is not built although it may be. */
  readonly superseded?: string;
  /** Build id of the recorded leg that ours is ahead of. */
  readonly replaces?: string;
}

/** @throws CiCacheError `OptionInvalid`: a forced rebuild of an older source that no tag may name. */
export const planLeg = (facts: PlanFacts): PlannedLeg => {
  const { spec, inputs, state, standing = ahead, force = false, preview = false, leftOut = false, newBuildId } = facts;
  const { image, python, platform } = spec;
  const leg = { image, python, platform, inputDigest: inputDigest(inputs) };
  const reasons = staleReasons(state, inputs, force);
  const { recorded } = state;
  if (reasons.length === 0 && recorded !== undefined)
    return { plan: { ...leg, buildId: recorded.buildId }, reasons, fresh: recorded };
  if (leftOut) return { plan: { ...leg, buildId: null, leftOut }, reasons };
  const superseded = supersededBy(standing, force);
  if (superseded !== undefined) return { plan: { ...leg, buildId: null, superseded: true }, reasons, superseded };
  if (preview) return { plan: { ...leg, buildId: null }, reasons };
  refuseNameless(spec, standing);
  const replaces = standing.place === 'ahead' ? recorded?.buildId : undefined;
  return { plan: { ...leg, buildId: newBuildId }, reasons, ...(replaces === undefined ? {} : { replaces }) };
};

/** Why a leg is built; empty when nothing asks for it. */
export const staleReasons = (state: LegState, inputs: LegInputs, force: boolean): Reason[] => [
  ...(force ? [{ kind: 'forced', text: 'forced' } as const] : []),
  ...staleness(state, inputs),
];

/** Why the recorded build does not answer `inputs`; empty when it does. */
export const staleness = ({ recorded, problems }: LegState, inputs: LegInputs): Reason[] => [
  ...(recorded === undefined ? [] : inputDifferences(recorded.inputs, inputs)),
  ...problems,
];
