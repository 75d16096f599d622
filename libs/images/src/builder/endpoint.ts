/** What an endpoint says about the driver that reaches it, and which endpoints are too open to be used. */
import { CiCacheError } from '@nx-ci-cache/process';

export interface Endpoint {
  /** As given to buildx; undefined for a container of the local Docker engine. */
  readonly address?: string;
  /** Reachable by buildx's remote driver only. */
  readonly remoteOnly: boolean;
  /** `key=value` pairs for `--driver-opt`. */
  readonly driverOptions: readonly string[];
}

const remoteOnly = /^(unix|tcp|docker-container|kube-pod|podman-container):\/\//;
const certificates = ['cacert', 'cert', 'key'];

/** @throws CiCacheError `OptionInvalid`: plain tcp, which would let anybody on the network drive the daemon. */
export const parseEndpoint = (endpoint: string | undefined): Endpoint => {
  if (endpoint === undefined) return { remoteOnly: false, driverOptions: [] };
  if (!endpoint.startsWith('tcp://')) {
    return { address: endpoint, remoteOnly: remoteOnly.test(endpoint), driverOptions: [] };
  }
  const url = new URL(endpoint);
  const options = certificates.map((name) => [name, url.searchParams.get(name)] as const);
  if (options.some(([, value]) => !value)) throw plainTcp(endpoint);
  return {
    address: `tcp://${url.host}`,
    remoteOnly: true,
    driverOptions: options.map(([name, value]) => `${name}=${value}`),
  };
};

const plainTcp = (endpoint: string) =>
  new CiCacheError('OptionInvalid', `builder endpoint ${endpoint} has no TLS certificates`, {
    remedy: 'Use unix:// or ssh://, or write tcp://host:port?cacert=FILE&cert=FILE&key=FILE.',
    data: { endpoint },
  });
