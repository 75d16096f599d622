/** Makes sure of the builder ci-cache.json describes, its endpoints filled in. */
import { fillTemplate } from '@nx-ci-cache/config';
import {
  builderDefinition,
  buildNodes,
  ensureBuilder,
  ensureEmulation,
  type BuilderDefinition,
  type BuildNode,
  type EnsuredBuilder,
} from '@nx-ci-cache/images';
import type { BuilderNode } from '@nx-ci-cache/records';
import type { StepContext } from './context';
import { imageTools } from './image-tools';

/** @throws CiCacheError `BuilderUnfit` naming node, platform and what to do. */
export const makeSureOfBuilder = (platforms: readonly string[], context: StepContext): Promise<EnsuredBuilder> => {
  const definition = builderAsDescribed(context);
  const { requireNative } = context.config.builder;
  return ensureBuilder({
    ...{ buildx: imageTools(context).buildx, definition, platforms, requireNative },
    emit: context.say,
  });
};

/** Installs emulators where the configuration asks for it. @throws CiCacheError `BuilderUnfit`. */
export const makeSureOfEmulation = async (platforms: readonly string[], context: StepContext): Promise<void> => {
  if (context.config.builder.emulation === undefined) return;
  const definition = builderAsDescribed(context);
  await ensureEmulation({ buildx: imageTools(context).buildx, definition, platforms, emit: context.say });
};

/** @throws CiCacheError `OptionInvalid` for an endpoint without a value, or one that is refused. */
export const builderAsDescribed = (context: StepContext): BuilderDefinition => {
  const { config } = context;
  const nodes = config.builder.nodes.map((node, at) => filledNode(node, at, context));
  return builderDefinition({ ...config.builder, nodes });
};

export const nodesAsDescribed = (context: StepContext): readonly BuildNode[] =>
  buildNodes(builderAsDescribed(context), context.config.builder.nodes);

/** Where builds of a platform run: the builder's name, and the one node that has the platform. */
export const placeOf = (
  platform: string,
  context: StepContext,
): { readonly builder: string; readonly node: BuildNode } => {
  const node = nodesAsDescribed(context).find(({ platforms }) => platforms.includes(platform));
  if (node === undefined) throw new Error(`no node for ${platform}: the configuration was not checked`);
  return { builder: builderAsDescribed(context).name, node };
};

/** @param at which one of the configuration it is. @throws CiCacheError `OptionInvalid`: a variable that is not set. */
export const filledNode = (
  node: BuilderNode,
  at: number,
  { config: { file }, environment }: Pick<StepContext, 'config' | 'environment'>,
): BuilderNode => {
  const filled = (['endpoint', 'ca', 'cert', 'key'] as const).flatMap((key) => {
    const text = node[key];
    if (text === undefined) return [];
    return [[key, fillTemplate(text, { environment }, { file, key: `builder.nodes[${at}].${key}` })]];
  });
  return { ...node, ...Object.fromEntries(filled) };
};
