/** A throw-away authority, servers it vouches for, and a forward proxy that alone knows where they are. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import {
  createServer as createHttp,
  request,
  type IncomingMessage,
  type RequestListener,
  type Server,
} from 'node:http';
import { createServer as createHttps } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Authority {
  /** Its certificate, as SSL_CERT_FILE names one. */
  readonly file: string;
  /** Vouched for: https for registry.test. */
  readonly serve: (handle: RequestListener) => Promise<TestServer>;
  readonly remove: () => void;
}

export interface TestServer {
  readonly port: number;
  readonly close: () => void;
}

export const serveHttp = (handle: RequestListener): Promise<TestServer> => listening(createHttp(handle));

export const makeAuthority = (): Authority => {
  const folder = mkdtempSync(join(tmpdir(), 'ci-cache-authority-'));
  const at = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const pair = (name: string) => ['-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`];
  writeFileSync(at('names'), 'subjectAltName=DNS:registry.test');
  openssl('req', '-x509', ...pair('ca'), '-subj', '/CN=throw-away', '-days', '2', '-out', 'ca.pem');
  openssl('req', ...pair('server'), '-subj', '/CN=server', '-out', 'server.csr');
  const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names'];
  openssl('x509', '-req', '-in', 'server.csr', ...by, '-out', 'server.pem');
  const identity = { key: readFileSync(at('server.key')), cert: readFileSync(at('server.pem')) };
  return {
    file: at('ca.pem'),
    serve: (handle) => listening(createHttps(identity, handle)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};

export interface Proxy extends TestServer {
  /** `CONNECT host:port` or `GET url` of every request, in order. */
  readonly asked: string[];
  /** Proxy-Authorization of every request. */
  readonly accounts: (string | undefined)[];
}

/** Leads every name to loopback. @param refuse status instead of a tunnel. */
export const startProxy = async (refuse?: number): Promise<Proxy> => {
  const asked: string[] = [];
  const accounts: (string | undefined)[] = [];
  const note = ({ method, url, headers }: IncomingMessage) => {
    asked.push(`${method} ${url}`);
    accounts.push(headers['proxy-authorization']);
  };
  const server = createHttp((incoming, outgoing) => {
    note(incoming);
    const { port, pathname, host } = new URL(incoming.url ?? '');
    const headers = { ...incoming.headers, host };
    const inner = request({ host: '127.0.0.1', port, path: pathname, method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(inner);
  });
  server.on('connect', (incoming, socket) => {
    note(incoming);
    if (refuse !== undefined) return void socket.end(`HTTP/1.1 ${refuse} No\r\n\r\n`);
    const target = connect(Number(incoming.url?.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      target.pipe(socket).pipe(target);
    });
    for (const each of [socket, target]) each.on('error', () => target.destroy());
    server.once('close', () => target.destroy());
  });
  return { ...(await listening(server)), asked, accounts };
};

const listening = async (server: Server): Promise<TestServer> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
