/** The proof that caches are worth something: a builder that has nothing builds every platform from the cache refs alone. */
import { join } from 'node:path';
import { inPrivateFolder } from '@nx-ci-cache/process';
import { cacheFrom, commonArguments, metadataEnvironment, targetArguments } from '../leg/arguments';
import { executeBuild } from '../leg/execute';
import { stepsOf, type Step } from '../builder/metadata';
import { readLegSources, stageLeg, type LegFacts } from '../leg/sources';
import { buildxWith, type Buildx } from '../builder/buildx';
import { pinnedImages } from '../plan/pinned-images';

export interface VerifyCacheOptions {
  /** One per leg; every leg imports the cache refs of all of them, as a consumer would. */
  readonly legs: readonly LegFacts[];
  readonly buildx: Buildx;
  /** Name of a builder whose daemons are new and empty. */
  readonly builder: string;
  readonly emit: (line: string) => void;
}

export interface VerifiedCache {
  readonly leg: string;
  readonly platform: string;
  /** RUN, COPY, ADD and WORKDIR steps. */
  readonly steps: readonly Step[];
  /** Whether there are steps and all of them came from the cache. */
  readonly cached: boolean;
}

/** Builds each leg without any output. @throws CiCacheError `CommandFailed`, `OptionInvalid`. */
export const verifyCache = async (options: VerifyCacheOptions): Promise<VerifiedCache[]> => {
  const results: VerifiedCache[] = [];
  for (const facts of options.legs) results.push(await verifyLeg(facts, options));
  return results;
};

const verifyLeg = (facts: LegFacts, { legs, buildx, builder, emit }: VerifyCacheOptions): Promise<VerifiedCache> =>
  inPrivateFolder('ci-cache-image-', async (folder) => {
    const { spec, bases } = facts;
    const sources = await readLegSources(facts);
    const staged = await stageLeg(facts, sources, folder);
    const metadataFile = join(folder, 'metadata.json');
    const place = { builder, staged, images: pinnedImages(spec, sources.images, bases), metadataFile };
    const imports = [...new Set(legs.map((leg) => leg.spec.cacheRef))].flatMap(cacheFrom);
    const args = [
      ...[...commonArguments(spec, place), ...targetArguments(spec)],
      ...['--output', 'type=cacheonly', ...imports, staged.context],
    ];
    const command = buildxWith(buildx, args, metadataEnvironment);
    const { metadata, progress } = await executeBuild({ command, metadataFile, leg: spec.name, emit });
    const steps = stepsOf(metadata, progress.vertices);
    return {
      leg: spec.name,
      platform: spec.platform,
      steps,
      cached: steps.length > 0 && steps.every((step) => step.cached),
    };
  });
