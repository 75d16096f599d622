/** What a leg leaves in the registry by `publish`, and that its leg tag tells of exactly that. */
import { inWords, permissionOf, type LegRecord, type Publishes } from '@nx-ci-cache/records';
import { ensureBuilder, publishIndex, readLegTag, type LegFacts } from '..';
import { testTags } from '../testing/leg';
import { startWorld, type World } from '../testing/world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await ensureBuilder({ ...world, platforms: ['linux/amd64'], emit: () => undefined });
});
afterAll(() => world?.stop());

const leg = (name: string, publish: Publishes): LegFacts => {
  const facts = world.legOf(name, 'linux/amd64');
  const { repository } = facts.spec;
  // As the specification of a leg has it.
  const cacheAlone = publish === 'cache' ? { legRef: `${repository}-cache:leg--${facts.spec.name}` } : {};
  return { ...facts, spec: { ...facts.spec, publish, ...cacheAlone } };
};

const there = async (reference: string): Promise<boolean> =>
  (await world.registry.getManifest(reference)) !== undefined;

/** Would fail whatever asks it. */
const noBuildx = { file: 'false', args: [], env: {} };

const publish = ({ spec }: LegFacts, record: LegRecord, buildx = world.buildx) =>
  publishIndex({
    ...world,
    ...{ buildx, run: 'run-1', planDigest: 'p', specs: [spec], records: [record], tags: testTags },
    permission: permissionOf({ push: 'pushed' }),
    emit: () => undefined,
  });

it('leaves a cache alone, recorded beside it, and no image', async () => {
  const facts = leg('cache-alone', 'cache');
  const { spec } = facts;
  const built = await world.refresh(facts);
  expect(built).toMatchObject({ result: 'built', cacheDigest: expect.stringMatching(/^sha256:/) });
  expect(built).not.toHaveProperty('digest');
  expect(await there(`${spec.repository}:leg--${spec.name}`)).toBe(false);
  expect(await readLegTag(world.registry, spec)).toMatchObject({ cacheDigest: built.cacheDigest });

  const fresh = await world.plan(facts);
  expect(fresh).toMatchObject({ reasons: [], plan: { buildId: built.buildId } });
  expect(await world.build(facts, fresh)).toMatchObject({ result: 'already-applied', cacheDigest: built.cacheDigest });

  await world.forget(spec.cacheRef);
  const { reasons } = await world.plan(facts);
  expect(reasons).toHaveLength(1);
  expect(await world.refresh(facts)).toMatchObject({ result: 'built', steps: { total: 4, cached: 4 } });
  expect((await world.plan(facts)).reasons).toEqual([]);
});

it('leaves an image alone, which is published, and no cache', async () => {
  const facts = leg('image-alone', 'image');
  const built = await world.refresh(facts);
  expect(built).toMatchObject({ result: 'built', digest: expect.stringMatching(/^sha256:/) });
  expect(built).not.toHaveProperty('cacheDigest');
  expect(await there(facts.spec.cacheRef)).toBe(false);
  expect((await world.plan(facts)).reasons).toEqual([]);
  expect(await publish(facts, built)).toMatchObject({ result: 'published' });
});

it('is stale when it is to leave what the recorded build did not', async () => {
  const image = leg('from-image', 'image');
  const built = await world.refresh(image);
  const both = { ...image, spec: { ...image.spec, publish: 'both' as const } };
  expect(inWords((await world.plan(both)).reasons)).toEqual(['the recorded build left no cache']);
  expect(await world.refresh(both)).toMatchObject({ result: 'built', digest: built.digest });
  expect((await world.plan(image)).reasons).toEqual([]);
});

it('starts no buildx where everything is fresh and published', async () => {
  const facts = leg('nothing-new', 'both');
  await publish(facts, await world.refresh(facts));
  const planned = await world.plan(facts);
  const record = await world.build(facts, planned, 'no builder', {}, { buildx: noBuildx });
  expect(record).toMatchObject({ result: 'already-applied' });
  expect(await publish(facts, record, noBuildx)).toMatchObject({ result: 'unchanged' });
});

it('runs every step again, and only then, when they ran longer ago than maxAge', async () => {
  const facts = leg('aging', 'both');
  const aging = { ...facts, spec: { ...facts.spec, maxAgeSeconds: 3600 } };
  const at = (hours: number) => ({ observedAt: new Date(Date.now() + hours * 3_600_000).toISOString() });
  const noted = await world.refresh(facts, at(-3));
  expect(noted).toMatchObject({ result: 'built' });
  const first = await world.refresh(aging, at(0));
  expect(first).toMatchObject({ result: 'built', steps: { total: 4, cached: 0 } });
  expect((await world.plan(aging, at(0.9))).reasons).toEqual([]);
  expect(await world.refresh(aging, { ...at(0.9), force: true })).toMatchObject({ steps: { cached: 4 } });
  expect(inWords((await world.plan(aging, at(1.1))).reasons)).toEqual([
    expect.stringMatching(/^all its steps last ran at \S+Z, and images\.ci\.maxAge is 1 h$/),
  ]);
});
