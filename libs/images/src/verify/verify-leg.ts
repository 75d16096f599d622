/** Whether a builder that has nothing finds every step of a leg in the leg's own cache. */
import { join } from 'node:path';
import { commandFailureOf, inPrivateFolder, redact, run } from '@nx-ci-cache/process';
import { inWords, type VerifiedLeg } from '@nx-ci-cache/records';
import { buildxWith } from '../builder/buildx';
import { metadataEnvironment } from '../leg/arguments';
import { buildFailed } from '../leg/failure';
import { progressReader, type Vertex } from '../progress/progress';
import { readLegSources, stageLeg, type LegFacts, type LegSources } from '../leg/sources';
import { cacheProblems } from '../plan/cache';
import { pinnedImages } from '../plan/pinned-images';
import { inputDifferences } from '../plan/reasons';
import { readLegTag } from '../plan/state';
import type { RegistryClient } from '../registry/client';
import { cachedArguments } from './arguments';
import type { EmptyBuilder } from './empty-builder';
import { firstThatRan, isCacheable, isRunning } from './own-steps';

const limitMs = 3_600_000;

/**
 * Builds without any output: then nothing is fetched, and no step is run, since the first one that would ends the build.
 * Only the leg's own cache is imported: two that share steps of one platform may lose links of each other in a builder that
 * has nothing.
 * @throws CiCacheError `CommandFailed`: it does not build; `OptionInvalid`, `RegistryFailed`.
 */
export const verifyLeg = async (
  facts: LegFacts,
  registry: RegistryClient,
  empty: EmptyBuilder,
): Promise<VerifiedLeg> => {
  const { spec } = facts;
  const sources = await readLegSources(facts);
  const recorded = await readLegTag(registry, spec);
  const problems = inWords(await cacheProblems(registry, spec.cacheRef));
  const steps = (await stepsIn(facts, sources, empty)).filter(isCacheable);
  const missed = firstThatRan(steps);
  const differences =
    typeof recorded === 'string' ? [recorded] : inWords(inputDifferences(recorded.inputs, sources.inputs));
  return {
    ...{ leg: spec.name, platform: spec.platform, cacheRef: spec.cacheRef, problems },
    steps: { total: steps.length, cached: steps.filter(({ cached }) => cached).length },
    ...(missed === undefined ? {} : { missed: redact(missed.name), reasons: differences }),
  };
};

/** What became of each step: of a build that was ended, what was known by then. */
const stepsIn = (facts: LegFacts, sources: LegSources, { buildx, builder }: EmptyBuilder): Promise<readonly Vertex[]> =>
  inPrivateFolder('ci-cache-image-', async (folder) => {
    const { spec, bases } = facts;
    const staged = await stageLeg(facts, sources, folder);
    const images = pinnedImages(spec, sources.images, bases);
    const place = { builder, staged, images, metadataFile: join(folder, 'metadata.json') };
    const missed = new AbortController();
    const { read, progress } = progressReader((vertex) => {
      if (isRunning(vertex)) missed.abort();
    });
    const command = buildxWith(buildx, cachedArguments(spec, place), metadataEnvironment);
    await run(command, { timeoutMs: limitMs, signal: missed.signal, onRawLine: read }).catch((error: unknown) => {
      if (missed.signal.aborted) return;
      throw commandFailureOf(error)?.reason === 'exit' ? buildFailed(spec.name, progress()) : error;
    });
    return progress().vertices;
  });
