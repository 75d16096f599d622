/** One BuildKit node: a buildkitd of its own that takes work for exactly one platform. */
import { join } from 'node:path';
import { childEnvironment, run } from '@nx-ci-cache/process';
import type { DaemonSpec } from '../process/daemon';
import type { Layout } from '../layout';
import { platformOf, type NodeName } from '../words';

export interface NodePlan {
  readonly root: string;
  readonly socket: string;
  readonly otelSocket: string;
  readonly platform: string;
}

/**
 * TOML strings are written as JSON strings, which are TOML too. The tracing socket is named because its default path is
 * one for the whole machine, and containerd is off because buildkitd would otherwise pick up a stranger's.
 */
export const nodeConfig = ({ root, socket, otelSocket, platform }: NodePlan): string => `root = ${JSON.stringify(root)}

[grpc]
  address = [${JSON.stringify(`unix://${socket}`)}]

[otel]
  socketPath = ${JSON.stringify(otelSocket)}

[worker.oci]
  enabled = true
  platforms = [${JSON.stringify(platform)}]
  networkMode = "host"
  gc = false

[worker.containerd]
  enabled = false
`;

export const nodePlan = (layout: Layout, node: NodeName): NodePlan => ({
  root: layout.data(node),
  socket: layout.socket(node),
  otelSocket: join(layout.sockets, `${node}-otel.sock`),
  platform: platformOf(node),
});

export const nodeEndpoint = (layout: Layout, node: NodeName): string => `unix://${layout.socket(node)}`;

export const nodeDaemon = (layout: Layout, tools: string, node: NodeName): DaemonSpec => ({
  what: `The ${platformOf(node)} node`,
  file: join(tools, 'bin', 'buildkitd'),
  args: ['--config', layout.config(node)],
  log: layout.log(node),
  ready: () => nodeAnswers(layout, tools, node),
});

export const nodeAnswers = async (layout: Layout, tools: string, node: NodeName): Promise<boolean> => {
  const { exitCode } = await run(
    {
      file: join(tools, 'bin', 'buildctl'),
      args: ['--addr', nodeEndpoint(layout, node), '--timeout', '3', 'debug', 'workers'],
      env: childEnvironment(),
    },
    { accept: [0, 1], timeoutMs: 10_000 },
  );
  return exitCode === 0;
};
