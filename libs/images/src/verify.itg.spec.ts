/** Cache refs against daemons that have nothing, as every new CI machine is one. */
import { inWords } from '@nx-ci-cache/records';
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { down, stackEnv, up } from '@nx-ci-cache/testbed';
import { builderDefinition, ensureBuilder, verifyCaches, verifyFaults, type LegFacts } from '.';
import type { OciManifest } from './registry/oci';
import { dockerfile, startWorld, type World } from './testing/world';

const platforms = ['linux/amd64', 'linux/arm64'];
const emptyDir = mkdtempSync(join(tmpdir(), 'ci-cache-empty-'));
let world: World;
let legs: LegFacts[];

beforeAll(async () => {
  world = await startWorld();
  await ensureBuilder({ ...world, platforms, emit: () => undefined });
  legs = await refreshed('proof');
});

afterAll(async () => {
  await down(emptyDir, { purge: true });
  await world?.stop();
});

const refreshed = async (repository: string, only: readonly string[] = platforms): Promise<LegFacts[]> => {
  const leg = world.legOf(repository, 'linux/amd64');
  const all = only.map((platform) => ({ ...leg, spec: world.legOf(repository, platform).spec }));
  await Promise.all(all.map((each) => world.refresh(each)));
  return all;
};

const verified = (facts: readonly LegFacts[]) => {
  const { registry, buildx, environment } = world;
  const daemon = { file: join(dirname(environment['CI_CACHE_BUILDX'] ?? ''), 'buildkitd') };
  return verifyCaches({ legs: facts, registry, buildx, daemon, emit: () => undefined });
};

const cacheOf = async ({ spec }: LegFacts): Promise<OciManifest> =>
  (await world.registry.getManifest(spec.cacheRef))?.body as OciManifest;

const buildersOf = () =>
  execFileSync(world.buildx.file, ['ls', '--format', '{{.Name}}'], { env: { ...world.buildx.env }, encoding: 'utf8' });

it('finds every RUN and COPY of both platforms in the cache, and every layer by a build on top', async () => {
  const before = buildersOf();
  const { legs: found, consumed } = await verified(legs);
  expect(found).toMatchObject([
    { platform: 'linux/amd64', steps: { total: 4, cached: 4 }, problems: [] },
    { platform: 'linux/arm64', steps: { total: 4, cached: 4 }, problems: [] },
  ]);
  expect(verifyFaults(found, 2)).toEqual([]);
  expect(verifyFaults(found, 3)).toEqual(['2 of 3 legs were looked at']);
  expect(consumed).toBe(legs[0]?.spec.name);
  expect(buildersOf()).toBe(before);
});

it('proves the stage that is the image, and no later one', async () => {
  const leg = world.legOf('part', 'linux/amd64');
  const part = { ...leg, spec: { ...leg.spec, target: 'deps' } };
  expect(await world.refresh(part)).toMatchObject({ result: 'built', steps: { total: 2 } });
  const { legs: found } = await verified([part]);
  expect(found).toMatchObject([{ steps: { total: 2, cached: 2 } }]);
});

it('names the first step that a changed line of the Dockerfile makes run, and why', async () => {
  const [leg] = legs as [LegFacts];
  const changed = dockerfile.replace('echo building', 'echo made of');
  const { source } = world.legOf('proof', 'linux/amd64', { 'app/Dockerfile': changed });
  const { legs: found, consumed } = await verified([{ ...leg, source }]);
  expect(consumed).toBeUndefined();
  expect(found).toMatchObject([{ steps: { total: 4, cached: 3 } }]);
  expect(verifyFaults(found, 1)).toEqual([
    expect.stringMatching(/first step that is not cached is .*RUN echo made of .* \(.*the Dockerfile changed\)$/),
  ]);
});

it('runs no step of a platform that this machine only emulates', async () => {
  const [, leg] = legs as [LegFacts, LegFacts];
  const changed = dockerfile.replace('uname -m', 'sleep 600; uname -m');
  const { source } = world.legOf('proof', 'linux/amd64', { 'app/Dockerfile': changed });
  const { legs: found } = await verified([{ ...leg, source }]);
  expect(found[0]?.missed).toMatch(/RUN sleep 600/);
  expect(found[0]?.steps).toMatchObject({ total: 4 });
});

it('names the ref that is gone', async () => {
  const [leg] = (await refreshed('gone', ['linux/amd64'])) as [LegFacts];
  await world.forget(leg.spec.cacheRef);
  const { legs: found } = await verified([leg]);
  expect(verifyFaults(found, 1)).toEqual([
    expect.stringContaining('the first step that is not cached is'),
    expect.stringContaining(`the cache ref ${leg.spec.cacheRef} is gone`),
  ]);
});

it('finds a layer gone although every step still looks cached', async () => {
  const [leg] = (await refreshed('hollow', ['linux/amd64'])) as [LegFacts];
  const { layers } = await cacheOf(leg);
  await world.forgetBlob(leg.spec.cacheRef, layers.at(-1)?.digest ?? '');
  const { legs: found } = await verified([leg]);
  expect(found).toMatchObject([{ steps: { total: 4, cached: 4 } }]);
  expect(verifyFaults(found, 1)).toEqual([expect.stringMatching(/lacks 1 of its \d+ blobs$/)]);
});

it('still builds on an empty daemon when the cache has lost a layer', async () => {
  await up(emptyDir, { parts: ['amd64'] });
  const { CI_CACHE_BUILDKIT_AMD64: endpoint = '' } = stackEnv(emptyDir);
  const definition = builderDefinition({ name: 'empty', nodes: [{ platforms: ['linux/amd64'], endpoint }] });
  await ensureBuilder({ buildx: world.buildx, definition, platforms: ['linux/amd64'], emit: () => undefined });
  const [leg] = legs as [LegFacts];
  for (const { digest } of (await cacheOf(leg)).layers) await world.forgetBlob(leg.spec.cacheRef, digest);
  const planned = await world.plan(leg);
  expect(inWords(planned.reasons)).toEqual([expect.stringContaining('lacks')]);
  const record = await world.build(leg, planned, 'empty');
  expect(record).toMatchObject({ result: 'built', steps: { total: 4, cached: 0 } });
});
