/** What an endpoint says about the driver that reaches it. */
import type { BuilderNode } from '@nx-ci-cache/records';

export interface Endpoint {
  /** As given to buildx; undefined for a node that the driver makes itself. */
  readonly address?: string;
  /** Reachable by buildx's remote driver only. */
  readonly remoteOnly: boolean;
}

const remoteOnly = /^(unix|tcp|docker-container|kube-pod):\/\//;

export const parseEndpoint = ({ endpoint }: Pick<BuilderNode, 'endpoint'>): Endpoint =>
  endpoint === undefined ? { remoteOnly: false } : { address: endpoint, remoteOnly: remoteOnly.test(endpoint) };

/** What buildx is told of a node beyond its endpoint. It keeps paths of certificates and reads the files at each connection. */
export const driverOptionsOf = ({
  ca,
  cert,
  key,
  driverOptions = {},
}: BuilderNode): Readonly<Record<string, string>> => ({
  ...driverOptions,
  ...(ca === undefined ? {} : { cacert: ca }),
  ...(cert === undefined ? {} : { cert }),
  ...(key === undefined ? {} : { key }),
});

/** What a person runs to see of an ssh endpoint what buildx sees: its remote driver runs buildctl there, others talk to Docker. */
export const sshCheck = (address: string, driver: string): string | undefined => {
  const [, host, socket = ''] = /^ssh:\/\/([^/]+)(\/.+)?$/.exec(address) ?? [];
  if (host === undefined) return undefined;
  const there = socket === '' ? '' : ` --addr unix://${socket}`;
  return `ssh ssh://${host} ${driver === 'remote' ? `buildctl${there} debug workers` : 'docker version'}`;
};
