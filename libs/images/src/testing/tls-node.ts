/** A BuildKit node over TLS on loopback, which takes clients of its own authority only. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePort, startDaemon } from '@nx-ci-cache/process/src/testing/daemon';

export interface Certificates {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

export interface TlsNode {
  readonly folder: string;
  readonly endpoint: string;
  /** The same daemon's, for whoever is on its host. */
  readonly socket: string;
  readonly client: Certificates;
  /** Signed by another authority. */
  readonly stranger: Certificates;
  /** As a machine that loses its power, and gets it back. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/**
 * @param buildx beside which buildkitd lies.
 * @param host where it runs: its address, and the command that runs what follows it there. Default: here.
 */
export const startTlsNode = async (
  buildx: string,
  { address, under }: { readonly address: string; readonly under: readonly string[] } = {
    address: '127.0.0.1',
    under: [],
  },
): Promise<TlsNode> => {
  const folder = mkdtempSync(join(tmpdir(), 'ci-cache-tls-'));
  const [own, other] = [authority(folder, 'own', address), authority(folder, 'other', address)];
  const [server, client, stranger] = [own('server'), own('client'), other('stranger')];
  const port = await freePort();
  const config = join(folder, 'buildkitd.toml');
  writeFileSync(config, configOf(folder));
  const endpoint = `tcp://${address}:${port}`;
  const socket = join(folder, 'node.sock');
  const tls = ['--tlscacert', server.ca, '--tlscert', server.cert, '--tlskey', server.key];
  const args = ['--config', config, '--addr', endpoint, '--addr', `unix://${socket}`, ...tls];
  const [file = '', ...words] = [...under, join(dirname(buildx), 'buildkitd'), ...args];
  const start = () => startDaemon(file, words, 'running server on');
  let end = await start();
  return {
    ...{ folder, endpoint, socket, client, stranger: { ...stranger, ca: server.ca } },
    restart: async () => {
      await end('SIGKILL');
      end = await start();
    },
    stop: async () => {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** The tracing socket has one default path for the whole machine, and a stranger's containerd would be picked up. */
const configOf = (folder: string): string =>
  [
    `root = ${JSON.stringify(join(folder, 'root'))}`,
    `[otel]\nsocketPath = ${JSON.stringify(join(folder, 'otel.sock'))}`,
    '[worker.oci]\nnetworkMode = "host"',
    '[worker.containerd]\nenabled = false\n',
  ].join('\n');

const authority = (folder: string, name: string, address: string) => {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const pair = (of: string) =>
    ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', `${of}.key`].concat(
      ...['-subj', `/CN=${of}`],
    );
  openssl('req', '-x509', ...pair(name), '-days', '2', '-out', `${name}.pem`);
  writeFileSync(join(folder, 'extensions'), `subjectAltName=IP:${address}\n`);
  return (of: string): Certificates => {
    openssl('req', ...pair(of), '-out', `${of}.csr`);
    const by = ['-CA', `${name}.pem`, '-CAkey', `${name}.key`, '-CAcreateserial', '-days', '2'];
    openssl('x509', '-req', '-in', `${of}.csr`, ...by, '-extfile', 'extensions', '-out', `${of}.pem`);
    const [ca, cert, key] = [name, of, of].map((each, at) => join(folder, `${each}.${at === 2 ? 'key' : 'pem'}`));
    return { ca, cert, key } as Certificates;
  };
};
