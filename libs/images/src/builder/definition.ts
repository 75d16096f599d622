/** The builder as configured, and the buildx commands that make it. */
import { platformName, type BuilderNode } from '@nx-ci-cache/records';
import { CiCacheError } from '@nx-ci-cache/process';
import { parseEndpoint, type Endpoint } from './endpoint';

export interface NodeDefinition extends Endpoint {
  readonly name: string;
  readonly platforms: readonly string[];
}

export interface BuilderDefinition {
  readonly name: string;
  readonly driver: 'remote' | 'docker-container';
  readonly nodes: readonly NodeDefinition[];
}

/** @throws CiCacheError `OptionInvalid`: no nodes, a refused endpoint, endpoints no single driver reaches. */
export const builderDefinition = (builder: {
  readonly name: string;
  readonly nodes: readonly BuilderNode[];
}): BuilderDefinition => {
  const nodes = builder.nodes.map(({ platforms, endpoint }) => ({
    name: platforms.map(platformName).join('_'),
    platforms,
    ...parseEndpoint(endpoint),
  }));
  const driver = nodes.some((node) => node.remoteOnly) ? 'remote' : 'docker-container';
  const local = nodes.find(({ address }) => address === undefined);
  if (nodes.length === 0) throw invalid(`builder ${builder.name} has no nodes`, 'Add one node per platform.');
  if (driver === 'remote' && local !== undefined) {
    throw invalid(
      `builder ${builder.name} mixes remote nodes with the local container node ${local.name}`,
      'Give every node an endpoint, or none of them unix://, tcp:// and the like: buildx has one driver per builder.',
    );
  }
  return { name: builder.name, driver, nodes };
};

/** One `buildx create` per node; every node gets its platforms explicitly, or the first one would take all the work. */
export const createArguments = ({ name, driver, nodes }: BuilderDefinition): string[][] =>
  nodes.map((node, index) => [
    'create',
    ...['--name', name, '--driver', driver, '--node', node.name, '--platform', node.platforms.join(',')],
    ...node.driverOptions.flatMap((option) => ['--driver-opt', option]),
    ...(index === 0 ? [] : ['--append']),
    ...(node.address === undefined ? [] : [node.address]),
  ]);

const invalid = (message: string, remedy: string) => new CiCacheError('OptionInvalid', message, { remedy });
