/** Builds against registries and on nodes that fail in the ways they do. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { killDaemon, onOwnDisk, startNode } from '@nx-ci-cache/testbed';
import { ensureBuilder, readLegTag, type LegFacts } from '..';
import { faultyRegistry, type FaultyRegistry } from '../testing/faulty-registry';
import { dockerfile, startWorld, type World } from '../testing/world';

let world: World;
let faulty: FaultyRegistry;

beforeAll(async () => {
  world = await startWorld();
  faulty = await faultyRegistry(world.host);
  await ensure(['linux/amd64']);
});
beforeEach(() => faulty.fail());
afterAll(async () => {
  faulty?.stop();
  await world?.stop();
});

const leg = (name: string) => world.legOf(name, 'linux/amd64', {}, faulty.host);
const ensure = (platforms: readonly string[], requireNative = false) =>
  ensureBuilder({ ...world, platforms, requireNative, emit: () => undefined });
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
  expect(await world.refresh(facts)).toMatchObject({ result: 'built', retries: oursToRetry ? 1 : 0 });
  expect(world.lines.slice(told).includes(`${facts.spec.name}: try 2 of 3`)).toBe(oursToRetry);
});

it('says what must be able to move when a cache ref or leg tag is immutable', async () => {
  const facts = leg('frozen');
  const remedy = expect.stringContaining('Cache refs, leg tags');
  faulty.fail({ method: 'PUT', path: /\/manifests\/leg--/, answer: 412 });
  const message = `the tag ${facts.spec.legRef} cannot be written again: it is immutable`;
  await expect(world.refresh(facts)).rejects.toMatchObject({ code: 'RegistryFailed', message, remedy });
  expect(await recorded(facts)).toBe(`no leg tag yet: ${facts.spec.legRef}`);
  faulty.fail({ method: 'PUT', path: /^\/v2\/locked-cache\/manifests\//, answer: 412 });
  await expect(world.refresh(leg('locked'))).rejects.toMatchObject({ code: 'CommandFailed', remedy });
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

it('is the fault of the node when that is killed under a step, and records nothing', async () => {
  const endless = dockerfile.replace('RUN echo building', 'RUN sleep 1000; echo building');
  const facts = world.legOf('killed', 'linux/amd64', { 'app/Dockerfile': endless });
  const told = world.lines.length;
  const build = world.refresh(facts);
  const ended = expect(build).rejects.toMatchObject({
    code: 'BuilderUnfit',
    remedy: expect.stringContaining('The node of this platform went away'),
    data: { class: 'node', transient: false },
  });
  let over = false;
  void build.catch(() => undefined).finally(() => (over = true));
  // What comes right before the endless step.
  while (!over && !world.lines.slice(told).some((line) => line.includes('COPY version.txt'))) await delay(50);
  await killDaemon(world.stateDir, 'amd64');
  await ended;
  await startNode(world.stateDir, 'amd64');
  expect(await recorded(facts)).toBe(`no leg tag yet: ${facts.spec.legRef}`);
  expect(await ensure(['linux/amd64'])).toMatchObject({ action: 'unchanged' });
});

it('says how much is free, and whose cache to prune, when the disk of the node is full', async () => {
  const disk = await onOwnDisk(world.stateDir, 'amd64');
  const facts = leg('full');
  await disk.fill();
  await expect(world.refresh(facts).finally(disk.makeRoom)).rejects.toMatchObject({
    remedy: expect.stringMatching(/prune --builder ci_cache.* linux-amd64 has \d+\.\d GB free now\./),
    data: { cause: 'node full', class: 'capacity', freeBytes: expect.any(Number) },
  });
  expect(await recorded(facts)).toBe(`no leg tag yet: ${facts.spec.legRef}`);
  expect(await world.refresh(facts)).toMatchObject({ result: 'built' });
});

it('is built without cache where the node lost a layer of its own', async () => {
  const words = 'ERROR: failed to solve: failed to stat active key during commit: snapshot does not exist: not found';
  const file = join(world.stateDir, 'buildx-of-a-broken-node');
  const real = world.buildx.file;
  const script = `case "$*" in build*--no-cache*) ;; build*) echo '${words}' >&2; exit 1 ;; esac\nexec ${real} "$@"\n`;
  writeFileSync(file, `#!/bin/sh\n${script}`, { mode: 0o755 });
  const buildx = { ...world.buildx, file };
  expect(await world.refresh(leg('lost'), { buildx })).toMatchObject({ result: 'built', retries: 1 });
});

describe('a node that emulates', () => {
  const machine = process.arch === 'arm64' ? 'linux/arm64' : 'linux/amd64';
  const [native, foreign] = machine === 'linux/arm64' ? ['arm64', 'amd64'] : ['amd64', 'arm64'];
  const refused = {
    code: 'BuilderUnfit',
    message: `node linux-${foreign} of builder ci_cache for linux/${foreign} is a machine of ${machine}, and builder.requireNative refuses emulation`,
  };

  it('is refused before anything is built, and only for its platform', async () => {
    await expect(ensure([`linux/${native}`, `linux/${foreign}`], true)).rejects.toMatchObject(refused);
    expect(await ensure([`linux/${native}`], true)).toMatchObject({ action: 'unchanged' });
    expect(await ensure([`linux/${foreign}`])).toMatchObject({ action: 'unchanged' });
  });

  it('that built a leg in spite of it gets nothing recorded, not even when all steps were cached', async () => {
    const facts = world.legOf('foreign', `linux/${foreign}`);
    // The second time every step is cached.
    for (let attempt = 0; attempt < 2; attempt += 1)
      await expect(world.refresh(facts, { requireNative: true })).rejects.toMatchObject(refused);
    expect(await recorded(facts)).toBe(`no leg tag yet: ${facts.spec.legRef}`);
    expect(await world.refresh(facts)).toMatchObject({ result: 'built' });
    const own = world.legOf('own', `linux/${native}`);
    expect(await world.refresh(own, { requireNative: true })).toMatchObject({ result: 'built' });
  });
});
