/** Builds an image with the newest dependencies at the cut-off and brings out what it then holds; nothing is pushed. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LegSpec } from '@nx-ci-cache/config';
import { CiCacheError, inPrivateFolder } from '@nx-ci-cache/process';
import { metadataEnvironment } from '../leg/arguments';
import { nodeOf, stepsOf } from '../builder/metadata';
import { buildFromCache } from '../leg/build-from-cache';
import { buildWithRetry } from '../leg/retry';
import type { RunBuildOptions } from '../leg/run-build';
import { readLegSources, stageLeg, type LegFacts } from '../leg/sources';
import { buildxWith } from '../builder/buildx';
import { pinnedImages } from '../plan/pinned-images';
import { emptyConstraints, freezeArguments, frozenSpec } from './arguments';
import { canonicalFreeze } from './canonical';
import { freezeDockerfile, isOwnStep, listName } from './dockerfile';
import { freezeFailed } from './failed';

export interface FreezeImageOptions extends Omit<RunBuildOptions, 'constraints'> {
  /** Name of the build, for messages. */
  readonly build: string;
  /** Handed to the Dockerfile as `CI_CACHE_CUTOFF`, ISO 8601 UTC. */
  readonly cutoff: string;
  /** Shell command that prints what the image holds. */
  readonly command: string;
}

export interface FrozenContent {
  /** Canonical list of what the image holds. */
  readonly text: string;
  /** Node that built it. */
  readonly node: string;
  readonly steps: { readonly total: number; readonly cached: number };
}

/** @throws CiCacheError `OptionInvalid`, `CommandFailed` (the failing step's output), `RegistryFailed`. */
export const freezeImage = (options: FreezeImageOptions): Promise<FrozenContent> =>
  inPrivateFolder('ci-cache-image-', async (folder) => {
    const { buildx, builder } = options;
    const spec = frozenSpec(options.spec, options.build, options.cutoff);
    const { staged, images } = await stageFrozen({ ...options, spec }, folder);
    const metadataFile = join(folder, 'metadata.json');
    const place = { builder, staged, images: pinnedImages(spec, images, options.bases), metadataFile };
    const exported = join(folder, 'exported');
    const { metadata, progress } = await buildFromCache({ ...options, spec }, (importedCache) =>
      buildWithRetry(
        { ...options, spec },
        buildxWith(buildx, freezeArguments(spec, place, exported, importedCache), metadataEnvironment),
        metadataFile,
      ),
    ).catch((error: unknown) => {
      throw freezeFailed(error, spec, options.command);
    });
    const text = canonicalFreeze(await readFile(join(exported, listName), 'utf8'));
    if (text === '') throw nothingFrozen(spec, options.command);
    const steps = stepsOf(metadata, progress.vertices).filter(isOwnStep);
    const cached = steps.filter((step) => step.cached).length;
    return { text, node: nodeOf(metadata), steps: { total: steps.length, cached } };
  });

const stageFrozen = async (options: FreezeImageOptions, folder: string) => {
  const facts: LegFacts = { ...options, constraints: emptyConstraints(options.spec) };
  const sources = await readLegSources(facts);
  const dockerfile = freezeDockerfile(facts.spec, sources.context.dockerfile, options.command);
  const staged = await stageLeg(facts, { ...sources, context: { ...sources.context, dockerfile } }, folder);
  return { staged, images: sources.images };
};

/** An empty list would publish an empty file, and everything in it would count as removed. */
const nothingFrozen = ({ name, image }: LegSpec, command: string) =>
  new CiCacheError('CommandFailed', `${name}: ${JSON.stringify(command)} printed no package`, {
    remedy: `Let images.${image}.freeze of ci-cache.json name the Python the image installs into.`,
  });
