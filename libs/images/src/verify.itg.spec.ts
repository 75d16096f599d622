/** Cache refs against daemons that have nothing, as every new CI machine is one. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { down, stackEnv, up } from '@nx-ci-cache/testbed';
import { builderDefinition, ensureBuilder, verifyCache, type LegFacts } from '.';
import type { OciManifest } from './registry/oci';
import { startWorld, type World } from './testing/world';

const platforms = ['linux/amd64', 'linux/arm64'];
const emptyDir = mkdtempSync(join(tmpdir(), 'ci-cache-empty-'));
let world: World;
let legs: LegFacts[];

beforeAll(async () => {
  world = await startWorld();
  await ensureBuilder({ ...world, platforms, emit: () => undefined });
  const amd64 = world.legOf('proof', 'linux/amd64');
  legs = [amd64, { ...amd64, spec: world.legOf('proof', 'linux/arm64').spec }];
  await Promise.all(legs.map((leg) => world.refresh(leg)));
});

afterAll(async () => {
  await down(emptyDir, { purge: true });
  await world?.stop();
});

/** A builder of daemons that have nothing, whatever was built before. */
const empty = async (): Promise<void> => {
  await down(emptyDir, { purge: true });
  await up(emptyDir, { parts: ['amd64', 'arm64'] });
  const { CI_CACHE_BUILDKIT_AMD64: amd64 = '', CI_CACHE_BUILDKIT_ARM64: arm64 = '' } = stackEnv(emptyDir);
  const definition = builderDefinition({
    name: 'empty',
    nodes: [
      { platforms: ['linux/amd64'], endpoint: amd64 },
      { platforms: ['linux/arm64'], endpoint: arm64 },
    ],
  });
  await ensureBuilder({ buildx: world.buildx, definition, platforms, emit });
};

const emit = () => undefined;

const verified = async (imported: readonly LegFacts[]) => {
  const results = await verifyCache({ legs: imported, buildx: world.buildx, builder: 'empty', emit });
  return results.map(({ platform, cached, steps }) => ({ platform, cached, steps: steps.length }));
};

it('finds every RUN and COPY of both platforms in the cache', async () => {
  await empty();
  expect(await verified(legs)).toEqual([
    { platform: 'linux/amd64', cached: true, steps: 4 },
    { platform: 'linux/arm64', cached: true, steps: 4 },
  ]);
});

it('proves the stage that is the image, and no later one', async () => {
  const leg = world.legOf('part', 'linux/amd64');
  const part = { ...leg, spec: { ...leg.spec, target: 'deps' } };
  expect(await world.refresh(part)).toMatchObject({ result: 'built', steps: { total: 2 } });
  await empty();
  expect(await verified([part])).toEqual([{ platform: 'linux/amd64', cached: true, steps: 2 }]);
});

it('still builds on an empty daemon when the cache has lost a layer', async () => {
  await empty();
  const [leg] = legs;
  if (leg === undefined) throw new Error('no leg');
  const cache = (await world.registry.getManifest(leg.spec.cacheRef))?.body as OciManifest;
  for (const { digest } of cache.layers) await world.forgetBlob(leg.spec.cacheRef, digest);
  const planned = await world.plan(leg);
  expect(planned.reasons).toEqual([expect.stringContaining('lacks')]);
  const record = await world.build(leg, planned, 'empty');
  expect(record).toMatchObject({ result: 'built', steps: { total: 4, cached: 0 } });
});
