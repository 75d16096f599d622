/** Where a developer's image is built: on this machine, since the nodes of the CI are everybody's. */
import {
  buildNodes,
  builderDefinition,
  ensureBuilder,
  type BuilderDefinition,
  type BuildNode,
} from '@nx-ci-cache/images';
import { CiCacheError } from '@nx-ci-cache/process';
import type { BuilderNode } from '@nx-ci-cache/records';
import { filledNode } from '../context/builder';
import type { StepContext } from '../context/context';
import { imageTools } from '../context/image-tools';

export interface DevBuilder {
  readonly builder: string;
  readonly node: BuildNode;
}

/** @param asked name of a builder that is there already. @throws CiCacheError `BuilderUnfit`. */
export const devBuilder = async (
  platform: string,
  asked: string | undefined,
  context: StepContext,
): Promise<DevBuilder> => {
  const platforms = [platform];
  if (asked !== undefined) return { builder: asked, node: { name: asked, machine: asked, jobs: 1, platforms } };
  const definition = localDefinition(platform, context);
  await ensureBuilder({ buildx: imageTools(context).buildx, definition, platforms, emit: context.say });
  const [node] = buildNodes(definition, []) as [BuildNode];
  return { builder: definition.name, node };
};

/**
 * The node of the configuration that builds the platform, where it is on this machine; else a container of our own. Under a
 * name of its own: the configured builder has all its nodes.
 */
export const localDefinition = (
  platform: string,
  context: Pick<StepContext, 'config' | 'environment'>,
): BuilderDefinition => {
  const { nodes, driver } = context.config.builder;
  const at = nodes.findIndex(({ platforms }) => platforms.includes(platform));
  const node = nodes[at] && filledHere(nodes[at], at, context);
  const platforms = [platform];
  return node === undefined || driver === 'kubernetes' || !isLocal(node)
    ? builderDefinition({ nodes: [{ platforms }] })
    : builderDefinition({ nodes: [{ ...node, platforms }], ...(driver === undefined ? {} : { driver }) });
};

/** An endpoint whose variable is set in the CI alone is none of this machine. */
const filledHere = (
  node: BuilderNode,
  at: number,
  context: Pick<StepContext, 'config' | 'environment'>,
): BuilderNode | undefined => {
  try {
    return filledNode(node, at, context);
  } catch (error) {
    if (error instanceof CiCacheError && error.code === 'OptionInvalid') return undefined;
    throw error;
  }
};

const isLocal = ({ endpoint }: BuilderNode): boolean => endpoint === undefined || endpoint.startsWith('unix://');
