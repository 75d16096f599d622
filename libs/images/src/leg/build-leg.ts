/** Makes one leg true: builds it, reads back what was pushed, and only then records it. */
import type { LegSpec } from '@nx-ci-cache/config';
import {
  isGranted,
  leavesCache,
  leavesImage,
  type Denial,
  type Grant,
  type LegPlan,
  type LegRecord,
} from '@nx-ci-cache/records';
import { CiCacheError } from '@nx-ci-cache/process';
import { emulationFault } from '../builder/native';
import { ageProblems } from '../plan/age';
import { inputDigest } from '../plan/inputs';
import type { RecordedLeg } from '../plan/leg-annotations';
import { ahead, standingOf, supersededBy, type Order, type Standing } from '../plan/order';
import { staleness } from '../plan/plan-leg';
import { readLegState, readLegTag, type LegState } from '../plan/state';
import type { RegistryClient } from '../registry/client';
import { plannedBaseLegs } from './base-legs';
import { cacheIsMissing } from './despite-cache-export';
import type { Executed } from './execute';
import { figuresOf } from './figures';
import { nodeOf, ranOnOf, stepsOf } from '../builder/metadata';
import { advanceLegTag, recordOf } from './record';
import { runBuild, type RunBuildOptions } from './run-build';
import { readLegSources, type LegSources } from './sources';
import { madeSteps } from '../steps/made-steps';
import { missesOf, missSaid } from '../steps/misses';
import { recordSteps } from '../steps/recorded-steps';
import type { MadeStep } from '../steps/step';
import { contextsOf } from '../steps/taken-files';
import { verifyCacheExport, verifyImage, type PushedImage } from './verify';

export interface BuildLegOptions extends RunBuildOptions {
  readonly plan: LegPlan;
  readonly permission: Grant<'legs'> | Denial;
  readonly order: Order;
  /** Build id of the recorded leg that planning found us ahead of: history need not be asked again. */
  readonly replaces?: string;
  /** Refuses what a node built by emulation. Default: false. */
  readonly requireNative?: boolean;
  /** Build although the leg tag answers the inputs. Default: false. */
  readonly force?: boolean;
}

/**
 * `previewed` when it is denied, or was when the plan was made, and the planned build is not there; `superseded` when the
 * plan says so; `already-applied` when the leg tag answers the inputs meanwhile; `superseded` when it holds a newer state meanwhile.
 * @throws CiCacheError `OptionInvalid`, `BuilderUnfit`, `CommandFailed` (the failing step's output), `RegistryFailed`; nothing
 * is recorded then, but for an image whose cache is missing.
 */
export const buildLeg = async (options: BuildLegOptions): Promise<LegRecord> => {
  const { spec, plan, permission, registry, order, force = false } = options;
  const { inputDigest: planned, buildId } = plan;
  const unbuilt = { leg: spec.name, platform: spec.platform, inputDigest: planned, buildId };
  if (plan.superseded) return { result: 'superseded', ...unbuilt };
  if (buildId === null)
    return { result: 'previewed', ...unbuilt, ...(plan.leftOut ? { reason: 'left out of this run by --only' } : {}) };
  const made = await recordedAsPlanned(spec, registry, plan);
  if (made !== undefined) return { ...recordOf(spec, made, 'already-applied'), planned: buildId };
  // Nx keeps it for every run of a fresh plan, those that may publish included.
  if (!isGranted(permission)) return { result: 'previewed', ...unbuilt };
  const sources = await readLegSources(options);
  if (inputDigest(sources.inputs) !== planned) throw planOutdated(spec.name);
  const state = await readLegState(registry, spec, { now: order.observedAt });
  const isFresh = state.recorded !== undefined && staleness(state, sources.inputs).length === 0;
  if (state.recorded && isFresh && !force)
    return { ...recordOf(spec, state.recorded, 'already-applied'), planned: buildId };
  const standing = await standingNow(options, sources, state.recorded);
  const reason = supersededBy(standing, force);
  if (reason !== undefined) return { result: 'superseded', ...unbuilt, reason };
  const baseLegs = await plannedBaseLegs(options, order);
  if (typeof baseLegs === 'string') return { result: 'superseded', ...unbuilt, reason: baseLegs };
  const isApart = standing.place === 'other-source';
  const noCache = state.recorded !== undefined && ageProblems(spec, state.recorded, order.observedAt).length > 0;
  const use = { noCache, exportCache: leavesCache(spec) && !isApart };
  const bases = { ...options.bases, ...baseLegs };
  const executed = await runBuild({ ...options, bases }, sources, use, permission);
  const fault = options.requireNative ? emulationFault(options.builder, spec.platform, executed.metadata) : undefined;
  if (fault !== undefined) throw fault;
  const image = leavesImage(spec) ? await verifyImage(registry, spec, executed.metadata) : undefined;
  const steps = stepsOf(executed.metadata, executed.progress.vertices);
  const ranAll = noCache || steps.every(({ cached }) => !cached);
  const parts = madeSteps({
    ...{ spec, inputs: sources.inputs, dockerfile: sources.context.dockerfile },
    files: contextsOf(options, sources.context),
  });
  const ran = noCache ? undefined : missesOf(steps, parts, state.recorded?.steps);
  for (const miss of ran ?? []) options.emit(`${spec.name}: ${missSaid(miss)}`);
  const built = builtLeg(options, sources, state, executed, { buildId, image, ranAll, parts });
  const { startedAt, endedAt, retries } = executed;
  const numbers = {
    steps: { total: steps.length, cached: steps.filter(({ cached }) => cached).length },
    ...(ran === undefined ? {} : { ran }),
    ...{ startedAt, endedAt, seconds: secondsOf(executed), retries },
  };
  const cache = use.exportCache ? await verifyCacheExport(registry, spec, executed) : {};
  const figures = await figuresOf(options, executed, built.digest, cache.cacheDigest !== undefined);
  if (isApart) return { ...recordOf(spec, built, 'built'), apart: true, ...attestedApart(image), ...numbers, figures };
  const leg = { ...built, ...cache };
  const end = await advanceLegTag(
    options,
    { leg, pushed: image?.pushed },
    (recorded) => standingNow(options, sources, recorded),
    permission,
  );
  if (end.place !== 'ahead') return { result: 'superseded', ...unbuilt, reason: end.reason };
  if (leg.cacheMissing !== undefined && spec.onCacheFailure !== 'warn')
    throw cacheIsMissing(spec.name, leg.cacheMissing, executed.cacheFailure);
  return { ...recordOf(spec, leg, 'built'), ...numbers, figures };
};

/** No leg tag holds them, so the record names the index that does. */
const attestedApart = (image: PushedImage | undefined): Pick<LegRecord, 'attestedIn'> =>
  image === undefined || image.attestations.length === 0 ? {} : { attestedIn: image.pushed };

/** The build that the plan names, which planning found whole: nothing of it is read or built again. */
const recordedAsPlanned = async (
  spec: LegSpec,
  registry: RegistryClient,
  { inputDigest: planned, buildId }: LegPlan,
): Promise<RecordedLeg | undefined> => {
  const recorded = await readLegTag(registry, spec);
  if (typeof recorded === 'string' || recorded.buildId !== buildId || recorded.cacheMissing !== undefined)
    return undefined;
  return inputDigest(recorded.inputs) === planned ? recorded : undefined;
};

const standingNow = async (
  { spec, order, replaces }: BuildLegOptions,
  { inputs }: LegSources,
  recorded: RecordedLeg | undefined,
): Promise<Standing> =>
  recorded !== undefined && recorded.buildId === replaces ? ahead : standingOf(spec, inputs, recorded, order);

interface BuiltNow {
  readonly buildId: string;
  /** As read back from the registry. */
  readonly image: PushedImage | undefined;
  /** Whether no step came from a cache. */
  readonly ranAll: boolean;
  readonly parts: readonly MadeStep[];
}

const builtLeg = (
  { order }: BuildLegOptions,
  { inputs }: LegSources,
  { recorded }: LegState,
  executed: Executed,
  { buildId, image, ranAll, parts }: BuiltNow,
): RecordedLeg => {
  const { metadata, progress } = executed;
  const { constraintsCommit, sourceCommit, observedAt } = order;
  const uncachedAt = ranAll ? observedAt : recorded?.uncachedAt;
  const isSame = image !== undefined && recorded?.digest === image.digest;
  const steps = recordSteps(parts);
  const ranOn = ranOnOf(metadata, progress.vertices) ?? (isSame ? recorded.ranOn : undefined);
  return {
    ...{ inputs, buildId, constraintsCommit, sourceCommit, observedAt, node: nodeOf(metadata) },
    ...(image === undefined ? {} : { digest: image.digest }),
    ...(image === undefined || image.attestations.length === 0 ? {} : { attestations: image.attestations }),
    ...(uncachedAt === undefined ? {} : { uncachedAt }),
    ...(ranOn === undefined ? {} : { ranOn }),
    seconds: secondsOf(executed),
    ...(steps === undefined ? {} : { steps }),
  };
};

const secondsOf = ({ startedAt, endedAt }: Executed): number =>
  Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 100) / 10;

const planOutdated = (leg: string) =>
  new CiCacheError('OptionInvalid', `the plan of ${leg} was made from other inputs than those here now`, {
    remedy: 'Run plan-refresh again.',
    data: { leg },
  });
