/** Makes sure of the builder ci-cache.json describes, its endpoints filled in. */
import { fillTemplate } from '@nx-ci-cache/config';
import { builderDefinition, ensureBuilder, type BuilderDefinition, type EnsuredBuilder } from '@nx-ci-cache/images';
import type { StepContext } from './context';
import { imageTools } from './image-tools';

/** @throws CiCacheError `BuilderUnfit` naming node, platform and what to do. */
export const makeSureOfBuilder = (platforms: readonly string[], context: StepContext): Promise<EnsuredBuilder> => {
  const definition = builderAsDescribed(context);
  return ensureBuilder({ buildx: imageTools(context).buildx, definition, platforms, emit: context.say });
};

/** @throws CiCacheError `OptionInvalid` for an endpoint without a value, or one that is refused. */
export const builderAsDescribed = ({ config, environment }: StepContext): BuilderDefinition => {
  const nodes = config.builder.nodes.map(({ endpoint, ...node }, at) => {
    const place = { file: config.file, key: `builder.nodes[${at}].endpoint` };
    return endpoint === undefined ? node : { ...node, endpoint: fillTemplate(endpoint, { environment }, place) };
  });
  return builderDefinition({ name: config.builder.name, nodes });
};
