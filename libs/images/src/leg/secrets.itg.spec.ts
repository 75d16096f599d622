/** Where secrets of a build do not end up: image, provenance, leg tag, what is said, and the arguments of any process. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { LegSpec } from '@nx-ci-cache/config';
import { ensureBuilder, type LegFacts } from '..';
import type { OciIndex, OciManifest } from '../registry/oci';
import { dockerfile, startWorld, type World } from '../testing/world';

const secret = 'canary-of-the-build-9f3c';
const password = 'canary-of-the-registry-1b7e';
const variable = 'TEST_CANARY_TOKEN';
const folder = mkdtempSync(join(tmpdir(), 'ci-cache-secrets-'));
const argv = join(folder, 'argv');
let world: World;
beforeAll(async () => {
  writeFileSync(join(folder, 'token'), `${secret}\n`);
  process.env[variable] = password;
  world = await startWorld();
  const auth = Buffer.from(`user:${password}`).toString('base64');
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ auths: { [world.host]: { auth } } }));
  await ensureBuilder({ ...world, platforms: ['linux/amd64'], emit: () => undefined });
});
afterAll(async () => {
  delete process.env[variable];
  await world?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const leg = (name: string, change: Partial<LegSpec>): LegFacts => {
  const uses = dockerfile.replace('RUN echo', 'RUN --mount=type=secret,id=token cat /run/secrets/token && echo');
  const facts = world.legOf(name, 'linux/amd64', { 'app/Dockerfile': uses });
  return { ...facts, spec: { ...facts.spec, secrets: { token: join(folder, 'token') }, ...change } };
};

/** buildx, which notes its arguments. */
const noted = () => ({
  file: '/bin/sh',
  args: ['-c', `printf '%s\\n' "$@" >> ${argv}; exec ${world.buildx.file} "$@"`, 'sh'],
  env: { ...world.buildx.env, DOCKER_CONFIG: folder },
});

const everything = async (repository: string, reference: string): Promise<string[]> => {
  const manifest = await world.registry.getManifest(reference);
  const { manifests = [], config, layers = [] } = manifest?.body as Partial<OciIndex & OciManifest>;
  // What is larger is of the base image.
  const ours = [config ?? [], layers].flat().filter(({ size }) => size < 1024 * 1024);
  const blobs = ours.map(async ({ digest }) => {
    const bytes = await world.registry.getBlob(repository, digest);
    return (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('latin1');
  });
  const inner = manifests.map(({ digest }) => everything(repository, `${repository}@${digest}`));
  return [JSON.stringify(manifest?.body), ...(await Promise.all(blobs)), ...(await Promise.all(inner)).flat()];
};

it('are nowhere once a leg is built with them, attested, and recorded', async () => {
  const facts = leg('quiet', { output: { labels: {}, provenance: 'max' } });
  const told = world.lines.length;
  const record = await world.refresh(facts, { buildx: noted() });
  const { repository, legRef, cacheRef } = facts.spec;
  const texts = [
    ...[JSON.stringify(record), ...world.lines.slice(told), readFileSync(argv, 'utf8')],
    ...(await everything(repository, legRef)),
    ...(await everything(cacheRef, cacheRef)),
  ];
  expect(record).toMatchObject({ result: 'built', attestations: [expect.any(String)] });
  expect(readFileSync(argv, 'utf8')).toContain(`id=token,src=${join(folder, 'token')}`);
  const all = texts.join('\n');
  expect([secret, password].filter((canary) => all.includes(canary))).toEqual([]);
});

it.each<[string, (value: string) => Partial<LegSpec>]>([
  ['buildArgs.KEY', (value) => ({ buildArgs: { KEY: value } })],
  ['labels.key', (value) => ({ output: { labels: { key: `see ${value}` } } })],
  ['annotations.key', (value) => ({ annotations: { key: Buffer.from(value).toString('base64') } })],
])('are refused in %s, whether of a file or of the environment, and not told', async (key, change) => {
  for (const value of [secret, password]) {
    const refused = world.plan(leg('loud', change(value)));
    await expect(refused).rejects.toMatchObject({
      code: 'OptionInvalid',
      message: `images.ci.${key} holds the value of a secret`,
      remedy: expect.not.stringContaining(value),
    });
  }
});
