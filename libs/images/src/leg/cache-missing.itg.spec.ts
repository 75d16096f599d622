/** An image whose cache cannot be written: it is recorded, and the next run writes the cache. */
import { inWords } from '@nx-ci-cache/records';
import type { LegSpec } from '@nx-ci-cache/config';
import { ensureBuilder, readLegTag, type LegFacts } from '..';
import { faultyRegistry, type Fault, type FaultyRegistry } from '../testing/faulty-registry';
import { startWorld, type World } from '../testing/world';

let world: World;
let faulty: FaultyRegistry;

beforeAll(async () => {
  world = await startWorld();
  faulty = await faultyRegistry(world.host);
  await ensureBuilder({ ...world, platforms: ['linux/amd64'], requireNative: false, emit: () => undefined });
});
beforeEach(() => faulty.fail());
afterAll(async () => {
  faulty?.stop();
  await world?.stop();
});

const leg = (name: string, changes: Partial<LegSpec> = {}): LegFacts => {
  const facts = world.legOf(name, 'linux/amd64', {}, faulty.host);
  return { ...facts, spec: { ...facts.spec, ...changes } };
};
const recorded = async ({ spec }: LegFacts) => {
  const found = await readLegTag(world.registry, spec);
  if (typeof found === 'string') throw new Error(found);
  return found;
};
const ofCache = (name: string, what: string, answer: Fault['answer'], method = 'PUT'): Fault => ({
  ...{ method, path: new RegExp(`^/v2/${name}-cache/${what}/`), answer },
});

it('fails its leg and is recorded; the next run finds every step done, and writes the cache of the same image', async () => {
  const facts = leg('refused');
  faulty.fail(ofCache('refused', 'manifests', 403));
  const told = world.lines.length;
  await expect(world.refresh(facts)).rejects.toMatchObject({
    code: 'CommandFailed',
    message: expect.stringMatching(
      /is built and recorded, and its cache is missing: its export failed \(not let in\)[^]*403/,
    ),
    remedy: expect.stringContaining('docker login'),
    data: { transient: false },
  });
  expect(world.lines.slice(told).join('\n')).toContain('the image is built without a cache: its export failed');
  const half = await recorded(facts);
  expect(half).toMatchObject({ digest: expect.any(String), cacheMissing: 'its export failed (not let in)' });
  expect(half.cacheDigest).toBeUndefined();
  faulty.fail();
  const planned = await world.plan(facts);
  expect(inWords(planned.reasons)).toEqual([
    'the image is built, and its cache is missing: its export failed (not let in)',
  ]);
  const again = await world.build(facts, planned);
  expect(again).toMatchObject({ result: 'built', digest: half.digest, cacheDigest: expect.any(String) });
  expect(again.steps?.cached).toBe(again.steps?.total);
  expect((await world.plan(facts)).reasons).toEqual([]);
});

it('counts as built where that is enough, and plan and record say what is missing', async () => {
  const facts = leg('warned', { onCacheFailure: 'warn' });
  faulty.fail(ofCache('warned', 'blobs/uploads', 413, 'POST'));
  expect(await world.refresh(facts)).toMatchObject({ result: 'built', cacheMissing: 'its export failed (quota)' });
  expect(inWords((await world.plan(facts)).reasons)).toEqual([
    'the image is built, and its cache is missing: its export failed (quota)',
  ]);
});

it('is not what the same plan asked for, so a second try of that plan builds', async () => {
  const facts = leg('planned');
  const planned = await world.plan(facts);
  faulty.fail(ofCache('planned', 'manifests', 403));
  await expect(world.build(facts, planned)).rejects.toMatchObject({ code: 'CommandFailed' });
  faulty.fail();
  expect(await world.build(facts, planned)).toMatchObject({ result: 'built', cacheDigest: expect.any(String) });
});

it('is there too when the export of its cache never ends', async () => {
  const facts = leg('endless', { onCacheFailure: 'warn' });
  faulty.fail(ofCache('endless', 'manifests', 'hang'));
  const planned = await world.plan(facts);
  const record = await world.build(facts, planned, world.definition.name, { cacheQuietMs: 2_000 });
  expect(record).toMatchObject({ result: 'built', cacheMissing: 'its export failed (did not end)' });
});

it('is none where the leg leaves a cache alone', async () => {
  const facts = leg('alone', { publish: 'cache' });
  faulty.fail(ofCache('alone', 'manifests', 403));
  await expect(world.refresh(facts)).rejects.toMatchObject({ code: 'CommandFailed' });
  expect(await readLegTag(world.registry, facts.spec)).toContain('no leg tag yet');
});
