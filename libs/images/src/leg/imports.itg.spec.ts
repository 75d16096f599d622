/** Where a build on an empty node starts from, and what becomes of it when that breaks. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { down, stackEnv, up } from '@nx-ci-cache/testbed';
import { builderDefinition, ensureBuilder, type LegFacts } from '..';
import type { OciManifest } from '../registry/oci';
import { faultyRegistry, type FaultyRegistry } from '../testing/faulty-registry';
import { startWorld, type World } from '../testing/world';

const platforms = ['linux/amd64'];
const emptyDir = mkdtempSync(join(tmpdir(), 'ci-cache-empty-'));
let world: World;
let faulty: FaultyRegistry;
let parent: LegFacts;

beforeAll(async () => {
  world = await startWorld();
  faulty = await faultyRegistry(world.host);
  await ensureBuilder({ ...world, platforms, emit: () => undefined });
  parent = world.legOf('parent', 'linux/amd64');
  await world.refresh(parent);
});

afterAll(async () => {
  faulty?.stop();
  await down(emptyDir, { purge: true });
  await world?.stop();
});

beforeEach(async () => {
  faulty.fail();
  await down(emptyDir, { purge: true });
  await up(emptyDir, { parts: ['amd64'] });
  const { CI_CACHE_BUILDKIT_AMD64: endpoint = '' } = stackEnv(emptyDir);
  const definition = builderDefinition({ name: 'empty', nodes: [{ platforms, endpoint }] });
  await ensureBuilder({ buildx: world.buildx, definition, platforms, emit: () => undefined });
});

/** The same sources as `parent`, on a branch of its own. */
const child = (name: string, startsFrom: readonly string[], through = world.host): LegFacts => {
  const { spec } = world.legOf(name, 'linux/amd64', {}, through);
  return { ...parent, spec: { ...spec, startsFrom }, allowDirty: true };
};

/** Another text in a late step, so that an early one is taken from the cache and the step after it runs on its layer. */
const changed = (facts: LegFacts): LegFacts => ({
  ...facts,
  source: world.workspace.commit({ 'app/version.txt': `${Math.random()}\n` }),
});

const buildOnEmpty = async (facts: LegFacts, wish: Parameters<World['plan']>[1] = {}) => {
  const told = world.lines.length;
  const record = await world.build(facts, await world.plan(facts, wish), 'empty', {}, wish);
  return { record, lines: world.lines.slice(told) };
};

// Imported together, these two make BuildKit 0.34.2 miss three of the four steps, five times of six.
it('starts from the first whole cache of others, and from that alone, while it has none of its own', async () => {
  const other = changed(child('other', []));
  await world.refresh(other);
  const facts = child('branch', [`${world.host}/nowhere:main`, parent.spec.cacheRef, other.spec.cacheRef]);
  const { record, lines } = await buildOnEmpty(facts);
  expect(record).toMatchObject({ result: 'built', steps: { total: 4, cached: 4 } });
  const { name, cacheRef } = facts.spec;
  const why = `${name}: starts from the cache ${parent.spec.cacheRef}: the cache ref ${cacheRef} is gone`;
  expect(lines).toContain(why);
  const own = await buildOnEmpty(facts, { force: true });
  expect(own.record).toMatchObject({ result: 'built', steps: { total: 4, cached: 4 } });
  expect(own.lines.join()).not.toContain('starts from');
});

it('builds without a cache of others that it may not read', async () => {
  faulty.fail({ method: 'GET', path: /^\/v2\/foreign\//, answer: 403 });
  const { record } = await buildOnEmpty(child('stranger', [`${faulty.host}/foreign:main`]));
  expect(record).toMatchObject({ result: 'built', steps: { total: 4, cached: 0 } });
});

it('builds again without its cache when a layer is lost between the look and the build', async () => {
  const facts = child('lost', []);
  await world.refresh(facts);
  const { layers } = (await world.registry.getManifest(facts.spec.cacheRef))?.body as OciManifest;
  const asked = new Map<string, number>();
  const through = {
    ...world.registry,
    // The state of the leg is the first to ask, and the choice of an import the second.
    blobExists: async (repository: string, digest: string) => {
      const exists = await world.registry.blobExists(repository, digest);
      const times = (asked.get(digest) ?? 0) + 1;
      asked.set(digest, times);
      if (times === 2 && layers.some((layer) => layer.digest === digest)) await world.forgetBlob(repository, digest);
      return exists;
    },
  };
  const { record, lines } = await buildOnEmpty(changed(facts), { through });
  expect(record).toMatchObject({ result: 'built', steps: { total: 4, cached: 0 } });
  expect(lines).toContainEqual(expect.stringMatching(/lacks \d of its \d blobs: built again without it$/));
});

it('builds again without a cache whose layers are there by name only', async () => {
  const facts = child('hollow', [], faulty.host);
  await world.refresh(facts);
  const { layers } = (await world.registry.getManifest(facts.spec.cacheRef))?.body as OciManifest;
  faulty.fail(
    ...layers.map(({ digest }) => ({
      method: 'GET',
      path: new RegExp(`^/v2/hollow-cache/blobs/${digest}`),
      answer: 404,
    })),
  );
  const { record, lines } = await buildOnEmpty(changed(facts));
  expect(record).toMatchObject({ result: 'built', steps: { total: 4, cached: 0 } });
  expect(lines).toContainEqual(expect.stringMatching(/holds a layer that cannot be fetched: built again without it$/));
});
