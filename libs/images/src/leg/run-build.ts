/** Runs the build of one leg in a folder of its own, with every source materialised there. */
import { join } from 'node:path';
import { inPrivateFolder } from '@nx-ci-cache/process';
import type { Grant } from '@nx-ci-cache/records';
import { isAway } from '../builder/away';
import type { BuildNode } from '../builder/build-node';
import { buildxWith, type Buildx } from '../builder/buildx';
import { pinnedImages } from '../plan/pinned-images';
import type { RegistryClient } from '../registry/client';
import { buildArguments, metadataEnvironment } from './arguments';
import { buildFromCache } from './build-from-cache';
import type { BuildLimits, Executed, LogFile } from './execute';
import { buildWithRetry } from './retry';
import { stageLeg, type LegFacts, type LegSources } from './sources';

export interface RunBuildOptions extends LegFacts {
  readonly registry: RegistryClient;
  readonly buildx: Buildx;
  /** Name of the builder, which `ensureBuilder` has checked. */
  readonly builder: string;
  /** The node of the leg's platform. */
  readonly node: BuildNode;
  readonly limits?: BuildLimits;
  /** Where all that the build prints is written. Default: nowhere. */
  readonly logFile?: Omit<LogFile, 'workspaceRoot'>;
  readonly signal?: AbortSignal;
  readonly emit: (line: string) => void;
}

export interface CacheUse {
  /** False leaves the cache ref as it is. */
  readonly exportCache: boolean;
  /** Every step runs. */
  readonly noCache: boolean;
}

/** @throws CiCacheError `CommandFailed`. */
export const runBuild = (
  options: RunBuildOptions,
  sources: LegSources,
  { exportCache, noCache }: CacheUse,
  grant: Grant<'legs'>,
): Promise<Executed> =>
  inPrivateFolder('ci-cache-image-', async (folder) => {
    const { spec, source, buildx, builder, node, limits, logFile, signal, emit } = options;
    const staged = await stageLeg(options, sources, folder);
    const metadataFile = join(folder, 'metadata.json');
    const place = { builder, staged, images: pinnedImages(spec, sources.images, options.bases), metadataFile };
    const build = (importedCache?: string) => {
      const caches = { ...(importedCache === undefined ? {} : { importedCache }), exportCache, noCache };
      const command = buildxWith(buildx, buildArguments(spec, place, caches, grant), metadataEnvironment);
      return buildWithRetry({
        ...{ command, metadataFile, node, leg: spec.name, emit },
        isAway: () => isAway(buildx, builder, spec.platform),
        ...(limits === undefined ? {} : { limits }),
        ...(logFile === undefined ? {} : { logFile: { ...logFile, workspaceRoot: source.workspaceRoot } }),
        ...(signal === undefined ? {} : { signal }),
      });
    };
    return noCache ? build() : buildFromCache(options, build);
  });
