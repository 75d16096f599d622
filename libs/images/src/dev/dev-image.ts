/** Builds a leg for whoever works on it, from what its runs have left: shared state is read, and none is written. */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inPrivateFolder } from '@nx-ci-cache/process';
import { buildxWith } from '../builder/buildx';
import { stepsOf, type Step } from '../builder/metadata';
import { dirtyPaths } from '../context/clean';
import { metadataEnvironment } from '../leg/arguments';
import { buildFromCache } from '../leg/build-from-cache';
import { buildWithRetry, type BuildRun } from '../leg/retry';
import { readLegSources, stageLeg, type LegFacts } from '../leg/sources';
import { pinnedImages } from '../plan/pinned-images';
import type { RegistryClient } from '../registry/client';
import { devArguments, type DevOutput } from './arguments';
import { clearLayout } from './layout';

export interface DevImageOptions extends LegFacts, Omit<BuildRun, 'spec'> {
  readonly registry: RegistryClient;
  readonly output: DevOutput;
  /** What the image is called in an engine; with local edits in it, it is marked as such. */
  readonly name: string;
  /** The commit that edits are to. */
  readonly head: string;
}

export interface DevImage {
  readonly steps: readonly Step[];
  /** The cache it was started from, if there was one. */
  readonly importedCache?: string;
  readonly name: string;
  /** Files of it that are not as the commit has them. */
  readonly edited: readonly string[];
}

/** @throws CiCacheError `OptionInvalid`, `CommandFailed` (the failing step's output), `RegistryFailed`. */
export const buildDevImage = (options: DevImageOptions): Promise<DevImage> =>
  inPrivateFolder('ci-cache-image-', async (folder) => {
    const { spec, bases, buildx, builder, output, source, head } = options;
    const sources = await readLegSources({ ...options, allowDirty: true });
    const { workspaceRoot } = source;
    const edited = await dirtyPaths({ workspaceRoot, commit: head }, spec, sources.context);
    const name = edited.length === 0 ? options.name : `${options.name}-edited`;
    const staged = await stageLeg(options, sources, folder);
    const metadataFile = join(folder, 'metadata.json');
    const place = { builder, staged, images: pinnedImages(spec, sources.images, bases), metadataFile };
    if (output.kind !== 'engine') await mkdir(dirname(output.path), { recursive: true });
    if (output.kind === 'layout') await clearLayout(output.path);
    let used: string | undefined;
    const { metadata, progress } = await buildFromCache(options, (importedCache) => {
      used = importedCache;
      const args = devArguments(spec, place, output, name, importedCache);
      return buildWithRetry(options, buildxWith(buildx, args, metadataEnvironment), metadataFile);
    });
    return {
      steps: stepsOf(metadata, progress.vertices),
      ...(used === undefined ? {} : { importedCache: used }),
      ...{ name, edited },
    };
  });
