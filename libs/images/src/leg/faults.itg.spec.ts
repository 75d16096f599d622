/** Builds against a registry that fails in the ways registries do. */
import { ensureBuilder, readLegTag, type LegFacts } from '..';
import { faultyRegistry, type FaultyRegistry } from '../testing/faulty-registry';
import { startWorld, type World } from '../testing/world';

let world: World;
let faulty: FaultyRegistry;

beforeAll(async () => {
  world = await startWorld();
  faulty = await faultyRegistry(world.host);
  await ensureBuilder({ ...world, platforms: ['linux/amd64'], emit: () => undefined });
});
beforeEach(() => faulty.fail());
afterAll(async () => {
  faulty?.stop();
  await world?.stop();
});

const leg = (name: string) => world.legOf(name, 'linux/amd64', {}, faulty.host);
const recorded = (facts: LegFacts) => {
  faulty.fail();
  return readLegTag(world.registry, facts.spec);
};

// BuildKit asks again by itself: patiently after 5xx and resets, a few times at once after 429. Then it is our turn.
it.each([
  [503, 2, false],
  ['reset', 2, false],
  [429, 7, true],
] as const)('gets the image pushed in spite of %s', async (answer, times, oursToRetry) => {
  const facts = leg(`retry-${answer}`);
  faulty.fail({ method: 'PUT', path: /^\/v2\/retry-\w+\/manifests\//, answer, times });
  const told = world.lines.length;
  expect(await world.refresh(facts)).toMatchObject({ result: 'built' });
  expect(world.lines.slice(told).includes(`${facts.spec.name}: try 2 of 3`)).toBe(oursToRetry);
});

it('fails for good, and records nothing, when the cache may not be written', async () => {
  const facts = leg('no-cache');
  faulty.fail({ method: 'PUT', path: /^\/v2\/no-cache-cache\/manifests\//, answer: 403 });
  await expect(world.refresh(facts)).rejects.toMatchObject({
    code: 'CommandFailed',
    message: expect.stringContaining('403'),
    data: { transient: false },
  });
  expect(await recorded(facts)).toBe(`no leg tag yet: ${facts.spec.legRef}`);
});

it('says what must be able to move when a cache ref or leg tag is immutable', async () => {
  const facts = leg('frozen');
  const remedy = expect.stringContaining('Cache refs, leg tags');
  faulty.fail({ method: 'PUT', path: /^\/v2\/frozen-cache\/manifests\//, answer: 412 });
  await expect(world.refresh(facts)).rejects.toMatchObject({ code: 'CommandFailed', remedy });
  faulty.fail({ method: 'PUT', path: /\/manifests\/leg--/, answer: 412 });
  const message = `the tag ${facts.spec.legRef} cannot be written again: it is immutable`;
  await expect(world.refresh(facts)).rejects.toMatchObject({ code: 'RegistryFailed', message, remedy });
  expect(await recorded(facts)).toBe(`no leg tag yet: ${facts.spec.legRef}`);
});

it('is ended when the registry accepts the push and never answers', async () => {
  const facts = leg('hang');
  const planned = await world.plan(facts);
  faulty.fail(
    { method: 'POST', path: /^\/v2\/hang\//, answer: 'hang' },
    { method: 'PUT', path: /^\/v2\/hang\//, answer: 'hang' },
  );
  await expect(world.build(facts, planned, world.definition.name, { quietMs: 2_000 })).rejects.toMatchObject({
    code: 'CommandFailed',
    message: expect.stringContaining('no progress for 2 s'),
  });
  expect(await recorded(facts)).toBe(`no leg tag yet: ${facts.spec.legRef}`);
});

it('takes no failing registry for an absent leg tag', async () => {
  const facts = leg('unsure');
  faulty.fail({ method: 'GET', path: /leg--/, answer: 500 });
  await expect(world.plan(facts)).rejects.toMatchObject({ code: 'RegistryFailed', data: { status: 500 } });
});
