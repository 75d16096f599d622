/** The glibc of real Debian images, and of made-up ones, read through a registry that counts what it is asked. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { down, stackEnv, up } from '@nx-ci-cache/testbed';
import { registryClient } from '../registry/client';
import { faultyRegistry, type FaultyRegistry } from '../testing/faulty-registry';
import { pushContent } from '../testing/push-content';
import { glibcOf } from './glibc-of';

const stateDir = mkdtempSync(join(tmpdir(), 'ci-cache-stack-'));
let through: FaultyRegistry;
let content: ReturnType<typeof pushContent>;
let home: string;

beforeAll(async () => {
  await up(stateDir, { parts: ['registry', 'bases'] });
  const host = stackEnv(stateDir)['CI_CACHE_REGISTRY'] ?? '';
  through = await faultyRegistry(host);
  content = pushContent(host);
});
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ci-cache-home-'));
  through.asked.length = 0;
});
afterEach(() => rmSync(home, { recursive: true, force: true }));
afterAll(async () => {
  through.stop();
  await down(stateDir, { purge: true });
});

const look = (repository: string, platform = 'linux/amd64') => {
  const environment = { ...process.env, XDG_CACHE_HOME: home };
  const registry = registryClient({ environment });
  return glibcOf({ registry, environment, reference: `${through.host}/${repository}`, platform });
};
const blobsAsked = () => through.asked.filter((each) => each.includes('/blobs/')).length;

const tarOf = (files: Readonly<Record<string, string>>) =>
  packTar(Object.entries(files).map(([name, body]) => ({ header: { name, size: body.length }, body })));
const layer = async (files: Readonly<Record<string, string>>) => gzipSync(await tarOf(files));
const glibc = (minor: number) => ({ 'lib64/libc.so.6': `GNU C Library (GNU libc) stable release version 2.${minor}.` });

it.each([
  ['3.11', 'linux/amd64', 36],
  ['3.11', 'linux/arm64', 36],
  ['3.13', 'linux/amd64', 41],
])('is that of the Debian of Python %s on %s', async (python, platform, minor) => {
  expect(await look(`base/python:${python}`, platform)).toBe(minor);
});

it('is kept by the digest of the layer, so it costs once', async () => {
  await look('base/python:3.11');
  const before = blobsAsked();
  expect(before).toBeGreaterThan(0);
  expect(readdirSync(join(home, 'nx-ci-cache/glibc-1'))).toEqual([
    expect.stringMatching(/^sha256-[0-9a-f]{64}\.json$/),
  ]);
  expect(await look('base/python:3.11')).toBe(36);
  expect(blobsAsked()).toBe(before);
});

it('is that of the lowest layer which has one: a later one may only be newer', async () => {
  const layers = [{ 'etc/os-release': 'ID=test' }, glibc(36), glibc(38)];
  await content.layered('made/several', '1', await Promise.all(layers.map(layer)));
  expect(await look('made/several:1')).toBe(36);
});

it.each([
  ['musl', { 'lib/ld-musl-x86_64.so.1': 'musl' }, 'has musl, as Alpine has it, and no glibc'],
  ['none', { hello: 'static' }, 'has no C library in any of its layers'],
])('is refused where there is %s', async (name, files, words) => {
  await content.layered(`made/${name}`, '1', [await layer(files)]);
  await expect(look(`made/${name}:1`)).rejects.toMatchObject({
    code: 'OptionInvalid',
    message: expect.stringContaining(`made/${name}:1 on linux/amd64 ${words}`),
    remedy: expect.stringContaining('"linux": "manylinux_2_36"'),
  });
});

it('is refused for a platform that the image has not', async () => {
  await expect(look('base/python:3.11', 'linux/s390x')).rejects.toThrow('on linux/s390x has no image for it');
});

it('is never taken for absent when the registry fails', async () => {
  await expect(look('base/nothing:1')).rejects.toMatchObject({ code: 'RegistryFailed' });
  await content.layered('made/broken', '1', [Buffer.from('<html>no layer</html>'.repeat(100))]);
  await expect(look('made/broken:1')).rejects.toMatchObject({
    code: 'RegistryFailed',
    message: expect.stringContaining('cannot be read'),
  });
  through.fail({ method: 'GET', path: /\/blobs\//, answer: 500 });
  await expect(look('base/python:3.11')).rejects.toMatchObject({ code: 'RegistryFailed' });
  through.fail();
});

it('is read from a registry that knows no parts of a blob, and not from half an answer', async () => {
  const plain = Buffer.from(await tarOf(glibc(35)));
  await content.layered('made/whole', '1', [plain]);
  through.fail({ method: 'GET', path: /\/blobs\//, answer: { status: 200, body: 'half' } });
  await expect(look('made/whole:1')).rejects.toThrow(`gave 4 bytes where ${plain.length} were asked for`);
  through.fail({ method: 'GET', path: /\/blobs\//, answer: { status: 200, body: `${plain.toString('utf8')}more` } });
  expect(await look('made/whole:1')).toBe(35);
  through.fail();
});
