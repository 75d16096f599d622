/** Runs the build of one leg in a folder of its own, with every source materialised there. */
import { join } from 'node:path';
import { inPrivateFolder } from '@nx-ci-cache/process';
import { leavesImage, type Grant } from '@nx-ci-cache/records';
import { buildxWith } from '../builder/buildx';
import { pinnedImages } from '../plan/pinned-images';
import type { RegistryClient } from '../registry/client';
import { buildArguments, metadataEnvironment } from './arguments';
import { buildFromCache } from './build-from-cache';
import { despiteCacheExport, type ExecutedAnyhow } from './despite-cache-export';
import { buildWithRetry, type BuildRun } from './retry';
import { stageLeg, type LegFacts, type LegSources } from './sources';

export interface RunBuildOptions extends LegFacts, Omit<BuildRun, 'spec'> {
  readonly registry: RegistryClient;
}

export interface CacheUse {
  /** False leaves the cache ref as it is. */
  readonly exportCache: boolean;
  /** Every step runs. */
  readonly noCache: boolean;
}

export interface ExecutedLeg extends ExecutedAnyhow {
  /** How often the build was begun again: in vain, without a cache that broke, without the export of one. */
  readonly retries: number;
}

/** @throws CiCacheError `CommandFailed`; not for a cache that could not be written beside an image. */
export const runBuild = (
  options: RunBuildOptions,
  sources: LegSources,
  { exportCache, noCache }: CacheUse,
  grant: Grant<'legs'>,
): Promise<ExecutedLeg> =>
  inPrivateFolder('ci-cache-image-', async (folder) => {
    const { spec, buildx, builder, emit } = options;
    const staged = await stageLeg(options, sources, folder);
    const metadataFile = join(folder, 'metadata.json');
    const place = { builder, staged, images: pinnedImages(spec, sources.images, options.bases), metadataFile };
    let tries = 0;
    const run = (withExport: boolean, importedCache?: string) => {
      const caches = { ...(importedCache === undefined ? {} : { importedCache }), exportCache: withExport, noCache };
      const command = buildxWith(buildx, buildArguments(spec, place, caches, grant), metadataEnvironment);
      return buildWithRetry(options, command, metadataFile, () => (tries += 1));
    };
    const build = (withExport: boolean) =>
      noCache ? run(withExport) : buildFromCache(options, (importedCache) => run(withExport, importedCache));
    const built: ExecutedAnyhow =
      exportCache && leavesImage(spec)
        ? await despiteCacheExport({ leg: spec.name, emit }, build)
        : await build(exportCache);
    return { ...built, retries: tries - 1 };
  });
