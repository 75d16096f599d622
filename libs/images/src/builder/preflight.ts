/** Says before any build whether each platform has exactly one healthy node of its own: buildx would silently emulate. */
import type { CiCacheError } from '@nx-ci-cache/process';
import { sshCheck } from './endpoint';
import { nodeVersionFault } from './floors';
import type { ObservedBuilder, ObservedNode } from './observed';
import { builderUnfit } from './unfit';

/** The first reason, if any, why `builder` cannot build `platforms`. */
export const builderFault = (
  name: string,
  builder: ObservedBuilder | undefined,
  platforms: readonly string[],
): CiCacheError | undefined => {
  if (builder === undefined) return builderUnfit(`builder ${name} does not exist`, setUp, { builder: name });
  if (builder.error) return builderUnfit(`builder ${name}: ${builder.error}`, setUp, { builder: name });
  for (const platform of new Set(platforms)) {
    const fault = platformFault(name, builder, platform);
    if (fault !== undefined) return fault;
  }
  return undefined;
};

const platformFault = (builder: string, { driver, nodes }: ObservedBuilder, platform: string) => {
  const own = nodes.filter(({ explicit }) => explicit.includes(platform));
  const names = own.map(({ name }) => name);
  const data = { builder, platform, nodes: names };
  const [node] = own;
  if (node === undefined) {
    return builderUnfit(`builder ${builder} has no node of its own for ${platform}`, addNode(platform), data);
  }
  if (own.length > 1) {
    const message = `builder ${builder} has ${own.length} nodes for ${platform}: ${names.join(', ')}`;
    return builderUnfit(message, 'Leave one node per platform in builder.nodes of ci-cache.json.', data);
  }
  if (node.error === undefined && node.status === 'running') return nodeVersionFault(builder, node);
  const state = node.error ?? `is ${node.status} at ${node.endpoint}`;
  return builderUnfit(
    `node ${node.name} of builder ${builder} for ${platform} ${state}`,
    startNode(node, driver),
    data,
  );
};

const setUp = 'Run the setup-builder target.';
const addNode = (platform: string) => `Add a node with "platforms": ["${platform}"] to builder.nodes of ci-cache.json.`;
/** A daemon that refuses a certificate looks to buildx like one that is not there. */
const startNode = ({ endpoint, driverOptions }: ObservedNode, driver: string): string => {
  const reach = `Start the BuildKit daemon behind ${endpoint} and check that this machine may reach it`;
  const check = sshCheck(endpoint, driver);
  if (check !== undefined) return `${reach}: ${check}`;
  return 'cert' in driverOptions
    ? `${reach}, and that ca, cert and key of the node are those the daemon trusts.`
    : `${reach}.`;
};
