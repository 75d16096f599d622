/** A build on top of a leg, as a consumer's: it needs every layer of the image, which hits alone do not show to be there. */
import { join } from 'node:path';
import { inPrivateFolder, redact } from '@nx-ci-cache/process';
import { buildxWith } from '../builder/buildx';
import { metadataEnvironment } from '../leg/arguments';
import { executeBuild } from '../leg/execute';
import { readLegSources, stageLeg, type LegFacts } from '../leg/sources';
import { inTargetStage } from '../dockerfile/in-target-stage';
import { pinnedImages } from '../plan/pinned-images';
import { registryFailed } from '../registry/failure';
import { cachedArguments } from './arguments';
import type { EmptyBuilder } from './empty-builder';
import { isCacheable } from './own-steps';

/** Made by BuildKit itself, on any machine: no program of the image runs. */
const step = 'WORKDIR /nx-ci-cache-verify';

/** @throws CiCacheError `CommandFailed`, `RegistryFailed`: what the cache promises cannot be fetched. */
export const consume = (
  facts: LegFacts,
  { buildx, builder }: EmptyBuilder,
  emit: (line: string) => void,
): Promise<void> =>
  inPrivateFolder('ci-cache-image-', async (folder) => {
    const { spec, bases } = facts;
    const sources = await readLegSources(facts);
    const { upTo, behind } = inTargetStage(spec, sources.context.dockerfile, [step]);
    const dockerfile = [...upTo, ...behind, ''].join('\n');
    const staged = await stageLeg(facts, { ...sources, context: { ...sources.context, dockerfile } }, folder);
    const metadataFile = join(folder, 'metadata.json');
    const place = { builder, staged, images: pinnedImages(spec, sources.images, bases), metadataFile };
    const { progress } = await executeBuild({
      command: buildxWith(buildx, cachedArguments(spec, place), metadataEnvironment),
      ...{ metadataFile, leg: `a consumer of ${spec.name}`, emit },
    });
    const ran = progress.vertices.find(
      (vertex) => isCacheable(vertex) && !vertex.cached && !vertex.name.endsWith(step),
    );
    if (ran !== undefined) throw registryFailed(redact(`a build on top of ${spec.name} ran ${ran.name} again`));
  });
