/** Decides, purely, whether a leg must be built. */
import type { LegSpec } from '@nx-ci-cache/config';
import type { LegInputs, LegPlan } from '@nx-ci-cache/records';
import { inputDigest } from './inputs';
import { inputDifferences } from './reasons';
import type { LegState } from './state';

export interface PlanFacts {
  readonly spec: LegSpec;
  readonly inputs: LegInputs;
  readonly state: LegState;
  /** Build although nothing asks for it. Default: false. */
  readonly force?: boolean;
  /** Nothing may be built: a stale leg gets no build id. Default: false. */
  readonly preview?: boolean;
  /** Id for the build, should one be needed: random, so that a stale leg can never be a cache hit. */
  readonly newBuildId: string;
}

export interface PlannedLeg {
  readonly plan: LegPlan;
  /** In words; empty when fresh. */
  readonly reasons: readonly string[];
}

export const planLeg = ({ spec, inputs, state, force, preview, newBuildId }: PlanFacts): PlannedLeg => {
  const { image, python, platform } = spec;
  const reasons = [...(force ? ['forced'] : []), ...staleness(state, inputs)];
  const buildId = reasons.length === 0 ? state.recorded?.buildId : preview ? null : newBuildId;
  return { plan: { image, python, platform, inputDigest: inputDigest(inputs), buildId: buildId ?? null }, reasons };
};

/** Why the recorded build does not answer `inputs`; empty when it does. */
export const staleness = ({ recorded, problems }: LegState, inputs: LegInputs): string[] => [
  ...(recorded === undefined ? [] : inputDifferences(recorded.inputs, inputs)),
  ...problems,
];
