/** Legs, indexes and caches against a real registry and real BuildKit nodes. */
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { inWords, permissionOf, type LegRecord } from '@nx-ci-cache/records';
import { startNode, stopNode } from '@nx-ci-cache/testbed';
import { ensureBuilder, publishIndex, readLegTag, type LegFacts } from '.';
import type { OciIndex, OciManifest } from './registry/oci';
import { testTags } from './testing/leg';
import { dockerfile, startWorld, type World } from './testing/world';

const host = process.arch === 'arm64' ? 'linux/arm64' : 'linux/amd64';
let world: World;

beforeAll(async () => {
  world = await startWorld();
  const { buildx, definition, lines } = world;
  const emit = (line: string) => void lines.push(line);
  await ensureBuilder({ buildx, definition, platforms: ['linux/amd64', 'linux/arm64'], emit });
});

afterAll(() => world?.stop());

const ensure = (platforms: readonly string[], patience: { readonly nodeTimeoutSeconds?: number } = {}) =>
  ensureBuilder({ ...world, platforms, emit: () => undefined, ...patience });

const publish = (facts: readonly LegFacts[], records: readonly LegRecord[], preview = false) =>
  publishIndex({
    planDigest: 'p',
    ...world,
    run: 'run-1',
    specs: facts.map(({ spec }) => spec),
    records,
    tags: testTags,
    permission: permissionOf(preview ? { preview: 'look' } : { push: 'pushed' }),
    emit: () => undefined,
  });

describe('a leg', () => {
  it('is stale at first, built once, and fresh afterwards', async () => {
    const leg = world.legOf('once', 'linux/amd64');
    const first = await world.plan(leg);
    expect(inWords(first.reasons)).toEqual([`no leg tag yet: ${leg.spec.legRef}`]);
    const record = await world.build(leg, first);
    expect(record).toMatchObject({ result: 'built', platform: 'linux/amd64', ranOn: host, node: 'linux-amd64' });
    expect(record.steps).toEqual({ total: 4, cached: 0 });
    const second = await world.plan(leg);
    expect(second).toMatchObject({ plan: first.plan, reasons: [], fresh: { digest: record.digest } });
    const again = await world.build(leg, second);
    expect(again).toMatchObject({ result: 'already-applied', digest: record.digest, buildId: record.buildId });
  });

  it('says what is missing in the registry, and heals', async () => {
    const leg = world.legOf('healing', 'linux/amd64');
    const { spec } = leg;
    const built = await world.refresh(leg);

    await world.forget(spec.cacheRef);
    expect(inWords((await world.plan(leg)).reasons)).toEqual([`the cache ref ${spec.cacheRef} is gone`]);
    const healed = await world.refresh(leg);
    expect(healed).toMatchObject({ result: 'built', digest: built.digest });
    expect(healed.buildId).not.toBe(built.buildId);

    const cache = (await world.registry.getManifest(spec.cacheRef))?.body as OciManifest;
    await world.forgetBlob(spec.cacheRef, cache.layers[0]?.digest ?? '');
    expect(inWords((await world.plan(leg)).reasons)).toEqual([expect.stringMatching(/lacks 1 of its \d+ blobs/)]);
    expect(await world.refresh(leg)).toMatchObject({ result: 'built' });

    await world.forget(spec.legRef);
    expect(inWords((await world.plan(leg)).reasons)).toEqual([`no leg tag yet: ${spec.legRef}`]);
    expect(await world.refresh(leg)).toMatchObject({ result: 'built', digest: built.digest });

    await world.forget(`${spec.repository}@${built.digest}`);
    expect(inWords((await world.plan(leg)).reasons)).toEqual([expect.stringMatching(/^the image .* is gone$/)]);
    expect(await world.refresh(leg)).toMatchObject({ result: 'built', digest: built.digest });
    expect((await world.plan(leg)).reasons).toEqual([]);
  });

  it('is not built again when another run has made it fresh meanwhile', async () => {
    const leg = world.legOf('rivals', 'linux/amd64');
    const [mine, theirs] = [await world.plan(leg), await world.plan(leg)];
    const won = await world.build(leg, theirs);
    expect(await world.build(leg, mine)).toMatchObject({ result: 'already-applied', buildId: won.buildId });
  });

  it('changes with a file of the same size and time', async () => {
    const before = await world.refresh(world.legOf('trap', 'linux/amd64', { 'app/version.txt': 'a\n' }));
    const changed = world.legOf('trap', 'linux/amd64', { 'app/version.txt': 'b\n' });
    utimesSync(join(world.workspace.root, 'app/version.txt'), 0, 0);
    expect(inWords((await world.plan(changed)).reasons)).toEqual(['files of the source context changed']);
    const after = await world.refresh(changed);
    expect(after.digest).not.toBe(before.digest);
  });

  it('that fails shows the step and records nothing', async () => {
    const broken = dockerfile.replace('RUN echo', 'RUN echo about to fail >&2; exit 3; echo');
    const leg = world.legOf('broken', 'linux/amd64', { 'app/Dockerfile': broken });
    await expect(world.refresh(leg)).rejects.toMatchObject({
      code: 'CommandFailed',
      message: expect.stringMatching(/failed at \[stage-1 2\/2\] RUN[\s\S]*about to fail[\s\S]*exit code: 3/),
      data: { transient: false },
    });
    expect(await readLegTag(world.registry, leg.spec)).toBe(`no leg tag yet: ${leg.spec.legRef}`);
    expect(await world.registry.getManifest(leg.spec.cacheRef)).toBeUndefined();
  });

  it('refuses a build from local edits', async () => {
    const leg = world.legOf('edited', 'linux/amd64');
    world.workspace.write({ 'app/version.txt': 'edited\n' });
    await expect(world.plan(leg)).rejects.toMatchObject({
      code: 'OptionInvalid',
      data: { paths: ['app/version.txt'] },
    });
    world.workspace.git('checkout', '--quiet', '--', '.');
  });
});

describe('an image of two platforms', () => {
  let legs: LegFacts[];
  let records: LegRecord[];

  beforeAll(async () => {
    const files = { 'app/version.txt': 'both\n', 'app/Dockerfile': dockerfile.replace('uname -m', 'uname -a') };
    const amd64 = world.legOf('both', 'linux/amd64', files);
    const arm64 = { ...amd64, spec: world.legOf('both', 'linux/arm64', files).spec };
    legs = [amd64, arm64];
    records = await Promise.all(legs.map((leg) => world.refresh(leg)));
  });

  it('runs each leg on its own node, and tells which was emulated', () => {
    expect(records.map(({ platform, node, ranOn }) => ({ platform, node, ranOn }))).toEqual([
      { platform: 'linux/amd64', node: 'linux-amd64', ranOn: host },
      { platform: 'linux/arm64', node: 'linux-arm64', ranOn: host },
    ]);
  });

  it('is published as one index, and a tag that was moved is put right without a build', async () => {
    const { registry } = world;
    const repository = legs[0]?.spec.repository ?? '';
    expect(await publish(legs, records, true)).toMatchObject({
      result: 'previewed',
      tags: [{ action: 'kept' }, { action: 'kept' }],
    });
    expect(await registry.getManifest(`${repository}:latest`)).toBeUndefined();

    const published = await publish(legs, records);
    expect(published).toMatchObject({ result: 'published', tags: [{ action: 'created' }, { action: 'created' }] });
    const index = await registry.getManifest(`${repository}:latest`);
    expect((index?.body as OciIndex).manifests.map(({ digest }) => digest)).toEqual(
      records.map(({ digest }) => digest),
    );
    expect(published.digest).toBe(index?.digest);
    expect(await publish(legs, records)).toMatchObject({ result: 'unchanged', digest: index?.digest });

    await publishIndex({
      planDigest: 'p',
      ...world,
      run: 'stranger',
      specs: legs.slice(0, 1).map(({ spec }) => spec),
      records,
      tags: testTags.slice(1),
      permission: permissionOf({ push: 'pushed' }),
      emit: () => undefined,
    });
    expect(await publish(legs, records)).toMatchObject({
      result: 'published',
      digest: index?.digest,
      tags: [
        { tag: 'abc', action: 'unchanged' },
        { tag: 'latest', action: 'moved' },
      ],
    });
  });

  it('is refused when a leg is missing, superseded when a leg was built anew', async () => {
    expect(await publish(legs, records.slice(0, 1))).toMatchObject({ result: 'refused' });
    const other = records.map((record) => ({ ...record, buildId: 'another' }));
    expect(await publish(legs, other)).toMatchObject({ result: 'superseded' });
  });
});

describe('a builder', () => {
  it('is left alone when it is as configured, and made again when it is not', async () => {
    expect(await ensure(['linux/amd64', 'linux/arm64'])).toMatchObject({ action: 'unchanged' });
    const [node] = world.definition.nodes;
    const smaller = { ...world.definition, name: 'other', nodes: node === undefined ? [] : [node] };
    const options = { buildx: world.buildx, emit: () => undefined, platforms: ['linux/amd64'] };
    expect(await ensureBuilder({ ...options, definition: smaller })).toMatchObject({ action: 'created' });
    const grown = { ...world.definition, name: 'other' };
    expect(await ensureBuilder({ ...options, definition: grown })).toMatchObject({ action: 'recreated' });
  });

  it('with a stopped node is unfit for that platform only', async () => {
    await stopNode(world.stateDir, 'arm64');
    try {
      await expect(ensure(['linux/amd64', 'linux/arm64'], { nodeTimeoutSeconds: 3 })).rejects.toMatchObject({
        code: 'BuilderUnfit',
        data: { platform: 'linux/arm64', nodes: ['linux-arm64'] },
      });
      expect(await ensure(['linux/amd64'])).toMatchObject({ action: 'unchanged' });
    } finally {
      await startNode(world.stateDir, 'arm64');
    }
    expect(await ensure(['linux/arm64'])).toMatchObject({ action: 'unchanged' });
  });
});
