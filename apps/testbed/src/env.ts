/** What the plugin and the tests need to know of a running stack, as environment variables. */
import { StackError } from './errors';
import { layoutOf, type Layout } from './layout';
import { nodeEndpoint } from './parts/node';
import { remoteUrl } from './parts/remote';
import { readStateSync, type StackState } from './state';
import { toolPaths } from './tools';

export type StackEnvironment = Readonly<Record<string, string>>;

export const environmentOf = (layout: Layout, { registryPort, tools }: StackState): StackEnvironment => ({
  CI_CACHE_REGISTRY: `127.0.0.1:${registryPort}`,
  CI_CACHE_REMOTE: remoteUrl(layout),
  CI_CACHE_BUILDKIT_AMD64: nodeEndpoint(layout, 'amd64'),
  CI_CACHE_BUILDKIT_ARM64: nodeEndpoint(layout, 'arm64'),
  CI_CACHE_BUILDX: toolPaths(tools).buildx,
  CI_CACHE_UV: toolPaths(tools).uv,
  BUILDX_CONFIG: layout.buildxConfig,
  CI_CACHE_ANSWER: 'yes',
});

/** @throws StackError when the stack was never brought up. */
export const stackEnv = (stateDir: string): StackEnvironment => {
  const layout = layoutOf(stateDir);
  const state = readStateSync(layout);
  if (state === undefined) throw new StackError(`There is no stack in ${layout.folder}.`, 'Run tools/stack up.');
  return environmentOf(layout, state);
};

/** Lines for `eval`, safe for any path. */
export const exportLines = (environment: StackEnvironment): string =>
  Object.entries(environment)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`)
    .join('');
