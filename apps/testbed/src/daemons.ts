/** The three processes as a table: how each is configured, started and asked. */
import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeFileAtomic } from '@nx-ci-cache/process';
import type { Layout } from './layout';
import { nodeConfig, nodeDaemon, nodePlan } from './parts/node';
import { registryConfig, registryDaemon } from './parts/registry';
import { startDaemon, type DaemonSpec } from './process/daemon';
import { killProcesses } from './process/end';
import type { ProcessIdentity } from './process/identity';
import { unmountBelow } from './process/mounts';
import { orphansOf } from './process/orphans';
import type { StackState } from './state';
import { isNode, type DaemonName, type NodeName } from './words';

export const daemonSpec = (layout: Layout, state: StackState, name: DaemonName): DaemonSpec =>
  isNode(name) ? nodeDaemon(layout, state.tools, name) : registryDaemon(layout, state.registryPort);

export const configText = (layout: Layout, { registryPort, registrySecret }: StackState, name: DaemonName): string =>
  isNode(name)
    ? nodeConfig(nodePlan(layout, name))
    : registryConfig({ port: registryPort, secret: registrySecret, data: layout.data(name) });

/** Writes its configuration and starts it; it may not be ready yet. */
export const launch = async (layout: Layout, state: StackState, name: DaemonName): Promise<ProcessIdentity> => {
  await mkdir(dirname(layout.config(name)), { recursive: true });
  await writeFileAtomic(layout.config(name), configText(layout, state, name));
  if (isNode(name)) await clearNode(layout, name);
  return startDaemon(daemonSpec(layout, state, name));
};

/** A buildkitd that was killed leaves running build steps, mounts, and a socket file that looks like a listening one. */
export const clearNode = async (layout: Layout, name: NodeName): Promise<void> => {
  await killProcesses(await orphansOf(layout.data(name)));
  await unmountBelow(layout.data(name));
  await rm(layout.socket(name), { force: true });
};
