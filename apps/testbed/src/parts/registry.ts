/** The OCI registry: Debian's docker-registry, on loopback, with deletion on so that tests can lose things. */
import type { DaemonSpec } from '../process/daemon';
import type { Layout } from '../layout';

export interface RegistryPlan {
  readonly port: number;
  readonly secret: string;
  readonly data: string;
}

/** JSON is YAML, and quotes any path. No `debug` address: it would be one more open port. */
export const registryConfig = ({ port, secret, data }: RegistryPlan): string =>
  `${JSON.stringify(
    {
      version: 0.1,
      log: { level: 'error', accesslog: { disabled: true } },
      storage: { filesystem: { rootdirectory: data }, delete: { enabled: true } },
      http: { addr: `127.0.0.1:${port}`, secret },
    },
    null,
    2,
  )}\n`;

export const registryUrl = (port: number): string => `http://127.0.0.1:${port}`;

export const registryDaemon = (layout: Layout, port: number): DaemonSpec => ({
  what: 'The registry',
  file: 'docker-registry',
  args: ['serve', layout.config('registry')],
  log: layout.log('registry'),
  ready: () => registryAnswers(port),
});

export const registryAnswers = async (port: number): Promise<boolean> => {
  try {
    return (await fetch(`${registryUrl(port)}/v2/`)).ok;
  } catch {
    // Refused: not listening yet, or no more.
    return false;
  }
};
