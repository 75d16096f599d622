/** The builder as configured, and the buildx commands that make it. */
import { checkNode } from '@nx-ci-cache/config';
import { platformName, type BuilderConfig } from '@nx-ci-cache/records';
import { CiCacheError, digestOf } from '@nx-ci-cache/process';
import { csv } from './csv';
import { driverOptionsOf, parseEndpoint } from './endpoint';

export interface NodeDefinition {
  readonly name: string;
  readonly platforms: readonly string[];
  /** Undefined for a node that the driver makes itself. */
  readonly address?: string;
  readonly driverOptions: Readonly<Record<string, string>>;
}

export interface BuilderDefinition {
  readonly name: string;
  readonly driver: string;
  readonly nodes: readonly NodeDefinition[];
}

/** @throws CiCacheError `OptionInvalid`: no nodes, a refused endpoint, endpoints no single driver reaches. */
export const builderDefinition = (builder: Pick<BuilderConfig, 'name' | 'driver' | 'nodes'>): BuilderDefinition => {
  builder.nodes.forEach((node, at) => checkNode(node, { file: 'ci-cache.json', key: `builder.nodes[${at}]` }));
  const nodes = builder.nodes.map((node) => {
    const { remoteOnly, ...endpoint } = parseEndpoint(node);
    return { platforms: node.platforms, ...endpoint, driverOptions: driverOptionsOf(node), remoteOnly };
  });
  const driver = builder.driver ?? (nodes.some((node) => node.remoteOnly) ? 'remote' : 'docker-container');
  const defined = nodes.map(({ remoteOnly: _, ...node }) => node);
  const name = builder.name ?? `ci_cache_${digestOf({ driver, nodes: defined }).slice(7, 19)}`;
  const local = nodes.find(({ address }) => address === undefined);
  if (nodes.length === 0) throw invalid(`builder ${name} has no nodes`, 'Add one node per platform.');
  if (driver === 'remote' && local !== undefined) {
    throw invalid(
      `builder ${name} mixes remote nodes with a local container node for ${local.platforms.join(', ')}`,
      'Give every node an endpoint, or none of them unix://, tcp:// and the like: buildx has one driver per builder.',
    );
  }
  return named(name, { driver, nodes: defined });
};

/** The same under another name. */
export const renamed = (definition: BuilderDefinition, name: string): BuilderDefinition => named(name, definition);

interface Unnamed {
  readonly driver: string;
  readonly nodes: readonly Omit<NodeDefinition, 'name'>[];
}

const named = (name: string, { driver, nodes }: Unnamed): BuilderDefinition => ({
  name,
  driver,
  nodes: nodes.map((node) => ({ ...node, name: nodeName(name, driver, node.platforms) })),
});

/** A driver that makes its nodes names container, volume or pod after the node alone: those of two builders must differ. */
const nodeName = (builder: string, driver: string, platforms: readonly string[]): string => {
  const own = platforms.map(platformName).join('_');
  if (driver === 'remote') return own;
  return driver === 'kubernetes' ? `${builder}-${own}`.toLowerCase().replaceAll('_', '-') : `${builder}_${own}`;
};

/** One `buildx create` per node; every node gets its platforms explicitly, or the first one would take all the work. */
export const createArguments = ({ name, driver, nodes }: BuilderDefinition): string[][] =>
  nodes.map((node, index) => [
    'create',
    ...['--name', name, '--driver', driver, '--node', node.name, '--platform', node.platforms.join(',')],
    ...Object.entries(node.driverOptions).flatMap(([name, value]) => ['--driver-opt', csv({ [name]: value })]),
    ...(index === 0 ? [] : ['--append']),
    ...(node.address === undefined ? [] : [node.address]),
  ]);

const invalid = (message: string, remedy: string) => new CiCacheError('OptionInvalid', message, { remedy });
