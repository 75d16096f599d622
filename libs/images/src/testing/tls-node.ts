/** A BuildKit node over TLS on loopback, which takes clients of its own authority only. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Certificates {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

export interface TlsNode {
  readonly folder: string;
  readonly endpoint: string;
  readonly client: Certificates;
  /** Signed by another authority. */
  readonly stranger: Certificates;
  readonly stop: () => Promise<void>;
}

/** @param buildx beside which buildkitd lies. */
export const startTlsNode = async (buildx: string): Promise<TlsNode> => {
  const folder = mkdtempSync(join(tmpdir(), 'ci-cache-tls-'));
  const [own, other] = [authority(folder, 'own'), authority(folder, 'other')];
  const [server, client, stranger] = [own('server'), own('client'), other('stranger')];
  const port = await freePort();
  const config = join(folder, 'buildkitd.toml');
  writeFileSync(config, configOf(folder));
  const endpoint = `tcp://127.0.0.1:${port}`;
  const tls = ['--tlscacert', server.ca, '--tlscert', server.cert, '--tlskey', server.key];
  const child = spawn(join(dirname(buildx), 'buildkitd'), ['--config', config, '--addr', endpoint, ...tls], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line);
    if (line.includes('running server on')) break;
  }
  if (!said.at(-1)?.includes('running server on')) throw new Error(`buildkitd did not start:\n${said.join('\n')}`);
  child.stderr.resume();
  return {
    ...{ folder, endpoint, client, stranger: { ...stranger, ca: server.ca } },
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
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

const authority = (folder: string, name: string) => {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const pair = (of: string) =>
    ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', `${of}.key`].concat(
      ...['-subj', `/CN=${of}`],
    );
  openssl('req', '-x509', ...pair(name), '-days', '2', '-out', `${name}.pem`);
  writeFileSync(join(folder, 'extensions'), 'subjectAltName=IP:127.0.0.1\n');
  return (of: string): Certificates => {
    openssl('req', ...pair(of), '-out', `${of}.csr`);
    const by = ['-CA', `${name}.pem`, '-CAkey', `${name}.key`, '-CAcreateserial', '-days', '2'];
    openssl('x509', '-req', '-in', `${of}.csr`, ...by, '-extfile', 'extensions', '-out', `${of}.pem`);
    const [ca, cert, key] = [name, of, of].map((each, at) => join(folder, `${each}.${at === 2 ? 'key' : 'pem'}`));
    return { ca, cert, key } as Certificates;
  };
};

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};
