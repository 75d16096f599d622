/** The three processes as a table: how each is configured, started and asked. */
import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeFileAtomic } from '@nx-ci-cache/process';
import type { Layout } from './layout';
import { nodeConfig, nodeDaemon, nodePlan } from './parts/node';
import { registryConfig, registryDaemon } from './parts/registry';
import { startDaemon, type DaemonSpec } from './process/daemon';
import type { ProcessIdentity } from './process/identity';
import type { StackState } from './state';
import { isNode, type DaemonName } from './words';

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
  // A socket file outlives a killed daemon and would be taken for a listening one.
  if (isNode(name)) await rm(layout.socket(name), { force: true });
  return startDaemon(daemonSpec(layout, state, name));
};
