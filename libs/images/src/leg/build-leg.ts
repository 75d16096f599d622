/** Makes one leg true: builds it, reads back what was pushed, and only then records it. */
import { join } from 'node:path';
import { isGranted, type Denial, type Grant, type LegPlan, type LegRecord } from '@nx-ci-cache/records';
import { CiCacheError, inPrivateFolder } from '@nx-ci-cache/process';
import { buildxWith, type Buildx } from '../builder/buildx';
import { inputDigest, pinnedBases } from '../plan/inputs';
import { cacheProblems } from '../plan/cache';
import type { RecordedLeg } from '../plan/leg-annotations';
import { staleness } from '../plan/plan-leg';
import { readLegState } from '../plan/state';
import type { RegistryClient } from '../registry/client';
import { buildArguments, metadataEnvironment } from './arguments';
import type { BuildLimits, Executed } from './execute';
import { nodeOf, ranOnOf, stepsOf } from './metadata';
import { recordLeg, recordOf } from './record';
import { buildWithRetry } from './retry';
import { readLegSources, stageLeg, type LegFacts, type LegSources } from './sources';
import { verifyBuild } from './verify';

export interface BuildLegOptions extends LegFacts {
  readonly plan: LegPlan;
  readonly permission: Grant<'legs'> | Denial;
  /** Commit the constraints come from. */
  readonly constraintsCommit: string | null;
  readonly registry: RegistryClient;
  readonly buildx: Buildx;
  /** Name of the builder, which `ensureBuilder` has checked. */
  readonly builder: string;
  /** Build although the leg tag answers the inputs. Default: false. */
  readonly force?: boolean;
  readonly limits?: BuildLimits;
  readonly signal?: AbortSignal;
  readonly emit: (line: string) => void;
}

/**
 * `previewed` when it is denied, or was when the plan was made; `already-applied` when the leg tag answers the inputs meanwhile.
 * @throws CiCacheError `OptionInvalid`, `CommandFailed` (the failing step's output), `RegistryFailed`; nothing is
 * recorded then.
 */
export const buildLeg = async (options: BuildLegOptions): Promise<LegRecord> => {
  const { spec, plan, permission, registry, buildx, emit } = options;
  const { name: leg, platform } = spec;
  const { inputDigest: planned, buildId } = plan;
  if (buildId === null || !isGranted(permission))
    return { result: 'previewed', leg, platform, inputDigest: planned, buildId };
  const sources = await readLegSources(options);
  if (inputDigest(sources.inputs) !== planned) throw planOutdated(leg);
  const state = await readLegState(registry, spec);
  const isFresh = state.recorded !== undefined && staleness(state, sources.inputs).length === 0;
  const isOurs = state.recorded?.buildId === buildId;
  if (state.recorded && isFresh && (isOurs || !options.force))
    return { ...recordOf(spec, state.recorded, 'already-applied'), planned: buildId };
  const started = Date.now();
  const { metadata, progress } = await inPrivateFolder('ci-cache-image-', (folder) =>
    buildIn(folder, options, sources, permission),
  );
  const { digest, cacheDigest } = await verifyBuild(registry, spec, metadata);
  const before = state.recorded?.digest === digest ? state.recorded : undefined;
  const ranOn = ranOnOf(metadata, progress.vertices) ?? before?.ranOn;
  const built: RecordedLeg = {
    inputs: sources.inputs,
    buildId,
    digest,
    cacheDigest,
    constraintsCommit: options.constraintsCommit,
    sourceCommit: options.source.commit,
    node: nodeOf(metadata),
    ...(ranOn === undefined ? {} : { ranOn }),
  };
  await recordLeg(registry, buildx, spec, built, permission);
  const steps = stepsOf(metadata, progress.vertices);
  const cached = steps.filter((step) => step.cached).length;
  emit(`${leg}: recorded ${digest}`);
  const seconds = Math.round((Date.now() - started) / 100) / 10;
  return { ...recordOf(spec, built, 'built'), steps: { total: steps.length, cached }, seconds };
};

const buildIn = async (
  folder: string,
  options: BuildLegOptions,
  sources: LegSources,
  grant: Grant<'legs'>,
): Promise<Executed> => {
  const { spec, registry, buildx, builder, limits, signal, emit } = options;
  const staged = await stageLeg(options, sources, folder);
  const metadataFile = join(folder, 'metadata.json');
  const place = { builder, staged, bases: pinnedBases(spec, options.bases), metadataFile };
  // A cache with a layer missing would be taken for a hit and then break the build: import a whole one or none.
  const importCache = (await cacheProblems(registry, spec.cacheRef)).length === 0;
  const command = buildxWith(buildx, buildArguments(spec, place, importCache, grant), metadataEnvironment);
  return buildWithRetry({
    ...{ command, metadataFile, leg: spec.name, emit },
    ...(limits === undefined ? {} : { limits }),
    ...(signal === undefined ? {} : { signal }),
  });
};

const planOutdated = (leg: string) =>
  new CiCacheError('OptionInvalid', `the plan of ${leg} was made from other inputs than those here now`, {
    remedy: 'Run plan-refresh again.',
    data: { leg },
  });
