/** Answers no healthy registry gives, from a server that gives them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestOf } from '@nx-ci-cache/process';
import { registryClient } from './client';
import { registryRetry } from './failure';

type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void;

const body = JSON.stringify({ mediaType: 'application/vnd.oci.image.index.v1+json', manifests: [] });
const found: Handler = (_request, response) => response.end(body);
const answer =
  (status: number, text = '', headers: Record<string, string> = {}): Handler =>
  (_request, response) =>
    response.writeHead(status, headers).end(text);
const coded = (status: number, code: string) => answer(status, JSON.stringify({ errors: [{ code }] }));
/** `first` for the first request, `then` for all others. */
const once =
  (first: Handler, then: Handler): Handler =>
  (request, response, count) =>
    (count === 1 ? first : then)(request, response, count);

let server: Server;
let handle: Handler;
let count: number;
let host: string;
const dockerConfig = mkdtempSync(join(tmpdir(), 'ci-cache-docker-'));

beforeAll(async () => {
  server = createServer((request, response) => handle(request, response, ++count));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  count = 0;
  writeFileSync(join(dockerConfig, 'config.json'), '{}');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(dockerConfig, { recursive: true });
});

const client = (patience: { readonly timeoutMs?: number } = {}) =>
  registryClient({
    environment: { ...process.env, DOCKER_CONFIG: dockerConfig },
    ...patience,
    retry: { ...registryRetry, tries: 3, baseMs: 1 },
  });
const read = (reference = `${host}/ci:1`) => client().getManifest(reference);

it.each(['MANIFEST_UNKNOWN', 'NAME_UNKNOWN'])('takes %s for "there is none"', async (code) => {
  handle = coded(404, code);
  expect(await read()).toBeUndefined();
});

it.each<[string, Handler, number]>([
  ['a 404 in other words', answer(404, '<html>no such page</html>'), 1],
  ['a 404 with another code', coded(404, 'UNSUPPORTED'), 1],
  ['401 without a challenge', answer(401), 1],
  ['403', coded(403, 'DENIED'), 1],
  ['500', answer(500), 1],
  ['503', answer(503), 3],
  ['429', answer(429), 3],
  ['429 that asks to come back tomorrow', answer(429, '', { 'retry-after': '86400' }), 1],
  ['a reset connection', (request) => request.socket.resetAndDestroy(), 3],
  ['bytes of another digest', answer(200, body, { 'docker-content-digest': `sha256:${'0'.repeat(64)}` }), 1],
])('takes %s for a failure', async (_name, handler, requests) => {
  handle = handler;
  await expect(read()).rejects.toMatchObject({ code: 'RegistryFailed' });
  expect(count).toBe(requests);
});

it('names host, repository and scope when the token it was given does not let it in', async () => {
  const challenge = { 'www-authenticate': `Bearer realm="http://${host}/token"` };
  for (const status of [401, 403]) {
    handle = (request, response) => {
      if (request.url?.startsWith('/token')) response.end(JSON.stringify({ token: 'narrow' }));
      else response.writeHead(request.headers.authorization ? status : 401, challenge).end();
    };
    await expect(read()).rejects.toMatchObject({
      message: `the registry answered ${status} for ${host}/ci:1`,
      remedy: expect.stringContaining(`repository:ci:pull on ${host}`),
    });
  }
});

it('takes no answer at all for a failure', async () => {
  handle = () => undefined;
  const asked = client({ timeoutMs: 300 }).getManifest(`${host}/ci:1`);
  await expect(asked).rejects.toMatchObject({ code: 'RegistryFailed' });
  expect(count).toBe(3);
});

it('tries again and honours Retry-After', async () => {
  handle = once(answer(429, '', { 'retry-after': '1' }), found);
  const started = performance.now();
  expect(await read()).toMatchObject({ digest: digestOf(body), size: body.length });
  expect(performance.now() - started).toBeGreaterThanOrEqual(990);
});

it('checks a pinned reference against its bytes', async () => {
  handle = found;
  expect(await read(`${host}/ci@${digestOf(body)}`)).toMatchObject({ digest: digestOf(body) });
  await expect(read(`${host}/ci@sha256:${'1'.repeat(64)}`)).rejects.toMatchObject({ code: 'RegistryFailed' });
});

it('answers a Bearer challenge with the account of docker login', async () => {
  const auth = Buffer.from('ann:pass:word').toString('base64');
  writeFileSync(join(dockerConfig, 'config.json'), JSON.stringify({ auths: { [host]: { auth } } }));
  const challenge = { 'www-authenticate': `Bearer realm="http://${host}/token",service="s"` };
  handle = (request, response) => {
    if (request.url?.startsWith('/token')) {
      const wanted = '/token?service=s&scope=repository%3Aci%3Apull';
      const isAllowed = request.headers.authorization === `Basic ${auth}` && request.url === wanted;
      response.writeHead(isAllowed ? 200 : 401).end(JSON.stringify({ token: 'secret-token' }));
    } else if (request.headers.authorization === 'Bearer secret-token') response.end(body);
    else response.writeHead(401, challenge).end();
  };
  expect(await read()).toMatchObject({ digest: digestOf(body) });
});

it('answers a Basic challenge from a credential helper, and shows no secret when refused', async () => {
  const secret = 'hunter2-hunter2';
  const script = `#!/bin/sh\nread key; echo '{"ServerURL":"'$key'","Username":"ann","Secret":"${secret}"}'\n`;
  writeFileSync(join(dockerConfig, 'docker-credential-test'), script, { mode: 0o755 });
  writeFileSync(join(dockerConfig, 'config.json'), JSON.stringify({ credHelpers: { [host]: 'test' } }));
  const environment = { ...process.env, DOCKER_CONFIG: dockerConfig, PATH: `${dockerConfig}:${process.env['PATH']}` };
  const wanted = `Basic ${Buffer.from(`ann:${secret}`).toString('base64')}`;
  const challenge = { 'www-authenticate': 'Basic realm="r"' };
  handle = ({ headers }, response) =>
    headers.authorization === wanted ? response.end(body) : response.writeHead(401, challenge).end();
  expect(await registryClient({ environment }).getManifest(`${host}/ci:1`)).toMatchObject({ digest: digestOf(body) });
  handle = answer(401, '', challenge);
  const refused = registryClient({ environment }).getManifest(`${host}/ci:1`);
  await expect(refused).rejects.toMatchObject({ message: expect.not.stringContaining(secret), code: 'RegistryFailed' });
});

it('knows a missing blob from a failing registry', async () => {
  const absent = answer(404, '', { 'docker-distribution-api-version': 'registry/2.0' });
  const ofRegistry: Handler = (request, response, asked) =>
    (request.url === '/v2/' ? answer(200, '{}') : answer(404))(request, response, asked);
  for (const missing of [absent, ofRegistry]) {
    handle = missing;
    expect(await client().blobExists(`${host}/ci`, 'sha256:1')).toBe(false);
  }
  for (const page of [answer(404), answer(404, '', { 'content-type': 'text/html' })]) {
    handle = page;
    await expect(client().blobExists(`${host}/ci`, 'sha256:1')).rejects.toMatchObject({ data: { status: 404 } });
  }
  handle = answer(200);
  expect(await client().blobExists(`${host}/ci`, 'sha256:1')).toBe(true);
  handle = answer(502);
  await expect(client().blobExists(`${host}/ci`, 'sha256:1')).rejects.toMatchObject({ data: { status: 502 } });
});
