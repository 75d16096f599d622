/** The way out: through the proxy and with the authorities the environment names. */
import { dirname } from 'node:path';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { httpClient, httpRetry } from './client';
import { makeAuthority, serveHttp, startProxy, type Authority, type Proxy, type TestServer } from './testing/world';

let authority: Authority;
let secure: TestServer;
let plain: TestServer;
let proxy: Proxy;

beforeAll(async () => {
  authority = makeAuthority();
  secure = await authority.serve((_request, response) => response.end('over TLS'));
  plain = await serveHttp((_request, response) => response.end('in clear'));
});
beforeEach(async () => {
  proxy = await startProxy();
});
afterEach(() => proxy.close());
afterAll(() => {
  secure.close();
  plain.close();
  authority.remove();
});

const proxyUrl = () => `http://ann:p%40ss@127.0.0.1:${proxy.port}`;
const get = async (url: string, environment: NodeJS.ProcessEnv, timeoutMs = 10_000) => {
  const send = httpClient({ environment, timeoutMs, retry: { ...httpRetry, tries: 1 } });
  const { status, body } = await send({ method: 'GET', url });
  return [status, body.toString()];
};

it('tunnels https through the proxy, with its account, and checks the target itself', async () => {
  const url = `https://registry.test:${secure.port}/x`;
  const environment = { https_proxy: proxyUrl(), SSL_CERT_FILE: authority.file };
  expect(await get(url, environment)).toEqual([200, 'over TLS']);
  expect(proxy.asked).toEqual([`CONNECT registry.test:${secure.port}`]);
  expect(proxy.accounts).toEqual([`Basic ${Buffer.from('ann:p@ss').toString('base64')}`]);
  await expect(get(url, { HTTPS_PROXY: proxyUrl() })).rejects.toMatchObject({
    facts: { transient: false, remedy: expect.stringContaining('SSL_CERT_FILE') },
  });
  await expect(get(url.replace('.test', '.other'), environment)).rejects.toThrow(/altnames/);
});

it('keeps the tunnel for the next request', async () => {
  const send = httpClient({ environment: { HTTPS_PROXY: proxyUrl(), SSL_CERT_FILE: authority.file } });
  for (let time = 0; time < 3; time += 1) {
    await send({ method: 'GET', url: `https://registry.test:${secure.port}/${time}` });
  }
  expect(proxy.asked).toHaveLength(1);
});

it('hands http over to the proxy, which is told no account of the target', async () => {
  expect(await get(`http://index.test:${plain.port}/x`, { http_proxy: proxyUrl() })).toEqual([200, 'in clear']);
  expect(proxy.asked).toEqual([`GET http://index.test:${plain.port}/x`]);
});

it('goes directly where NO_PROXY says so, and to loopback always', async () => {
  const environment = { HTTP_PROXY: proxyUrl(), no_proxy: 'index.test' };
  await expect(get(`http://index.test:${plain.port}/x`, environment)).rejects.toThrow(/index\.test/);
  expect(await get(`http://127.0.0.1:${plain.port}/x`, { HTTP_PROXY: proxyUrl() })).toEqual([200, 'in clear']);
  expect(proxy.asked).toEqual([]);
});

it('trusts authorities of SSL_CERT_DIR and of NODE_EXTRA_CA_CERTS', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ci-cache-authorities-'));
  symlinkSync(authority.file, join(folder, 'one.pem'));
  const url = `https://registry.test:${secure.port}/x`;
  for (const named of [{ SSL_CERT_DIR: `${dirname('/nowhere/x')}:${folder}` }, { NODE_EXTRA_CA_CERTS: authority.file }])
    expect(await get(url, { HTTPS_PROXY: proxyUrl(), ...named })).toEqual([200, 'over TLS']);
  rmSync(folder, { recursive: true });
});

it('names the proxy that refuses, is not there, or never answers', async () => {
  const url = `https://registry.test:${secure.port}/x`;
  const strict = await startProxy(403);
  await expect(get(url, { HTTPS_PROXY: `127.0.0.1:${strict.port}` })).rejects.toThrow(/proxy .* answered 403/);
  strict.close();
  await expect(get(url, { HTTPS_PROXY: `127.0.0.1:${strict.port}` })).rejects.toThrow(/proxy .* ECONNREFUSED/);
  const silent = await serveHttp(() => undefined);
  await expect(get(url, { HTTPS_PROXY: `127.0.0.1:${silent.port}` }, 300)).rejects.toThrow(/GET https:\/\/registry/);
  silent.close();
  await expect(get(url, { HTTPS_PROXY: 'socks5://127.0.0.1' })).rejects.toThrow(/HTTPS_PROXY names no/);
});
