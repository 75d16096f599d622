/** A git server over HTTP as hosters run it: `git http-backend` behind a web server that asks for a name and a password. */
import { execFileSync, spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Transport } from './server';
import type { World } from './world';

export const httpUser = { name: 'bot', password: 'canary-password-0123456789' };

const basic = (password: string): string => `Basic ${Buffer.from(`${httpUser.name}:${password}`).toString('base64')}`;

export const startHttp = async (world: World): Promise<Transport> => {
  const backend = join(execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim(), 'git-http-backend');
  const server = createServer(authenticated(gitBackend(backend, world.folder)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const remote = `http://127.0.0.1:${port}/remote.git`;
  const withPassword = (password: string) => ({ remote, environment: headerEnvironment(remote, basic(password)) });
  return {
    access: withPassword(httpUser.password),
    stranger: withPassword('wrong-password'),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** How a CI hands a header to git. */
const headerEnvironment = (remote: string, authorization: string): NodeJS.ProcessEnv => ({
  ...process.env,
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: `http.${new URL(remote).origin}/.extraHeader`,
  GIT_CONFIG_VALUE_0: `Authorization: ${authorization}`,
});

const authenticated =
  (next: RequestListener): RequestListener =>
  (request, response) => {
    if (request.headers.authorization === basic(httpUser.password)) return next(request, response);
    response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
  };

/** Runs the backend by the rules of CGI. */
const gitBackend =
  (backend: string, root: string): RequestListener =>
  (request, response) => {
    const child = spawn(backend, { env: cgiEnvironment(request, root), stdio: ['pipe', 'pipe', 'ignore'] });
    request.pipe(child.stdin);
    // A client that is killed closes its half; the backend then ends by itself.
    child.stdin.on('error', () => undefined);
    answer(child.stdout, response);
    child.on('error', () => response.destroy());
  };

const cgiEnvironment = (request: IncomingMessage, root: string): NodeJS.ProcessEnv => {
  const { pathname, search } = new URL(request.url ?? '/', 'http://server');
  const header = (name: string) => String(request.headers[name] ?? '');
  return {
    PATH: process.env['PATH'],
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: '1',
    GIT_PROTOCOL: header('git-protocol'),
    REQUEST_METHOD: request.method,
    PATH_INFO: pathname,
    QUERY_STRING: search.slice(1),
    CONTENT_TYPE: header('content-type'),
    CONTENT_LENGTH: header('content-length'),
    HTTP_CONTENT_ENCODING: header('content-encoding'),
    REMOTE_USER: httpUser.name,
    REMOTE_ADDR: '127.0.0.1',
  };
};

const answer = (stdout: NodeJS.ReadableStream, response: ServerResponse): void => {
  let head = Buffer.alloc(0);
  const onData = (chunk: Buffer) => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    stdout.off('data', onData);
    const lines = head.subarray(0, end).toString().split('\r\n');
    const headers = lines.map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]);
    const status = headers.find(([name]) => name === 'Status')?.[1] ?? '200';
    response.writeHead(Number.parseInt(status, 10), headers.filter(([name]) => name !== 'Status').flat());
    response.write(head.subarray(end + 4));
    stdout.pipe(response);
  };
  stdout.on('data', onData);
  stdout.on('end', () => response.headersSent || response.writeHead(500).end());
};
