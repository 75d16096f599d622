/** Only forward, against a real registry and a real BuildKit node: what an older run may write, compared byte by byte. */
import { ensureBuilder, publishIndex, type LegFacts } from '.';
import { permissionOf, type LegRecord } from '@nx-ci-cache/records';
import { startWorld, type World } from './testing/world';

let world: World;

beforeAll(async () => {
  world = await startWorld();
  await ensureBuilder({ ...world, platforms: ['linux/amd64'], emit: () => undefined });
});

afterAll(() => world?.stop());

const tagsOf = ({ source }: LegFacts) => [
  { name: source.commit, ofCommit: true, ofConstraints: false },
  { name: 'latest', ofCommit: false, ofConstraints: false },
];

const publish = (facts: LegFacts, record: LegRecord, tags = tagsOf(facts)) =>
  publishIndex({
    planDigest: 'p',
    ...world,
    ...{ run: 'run-1', specs: [facts.spec], records: [record], tags },
    ...{ permission: permissionOf({ push: 'pushed' }), emit: () => undefined },
  });

/** What leg tag, cache ref, `latest` and each source's own tag hold. */
const held = async ({ spec }: LegFacts, ...sources: readonly LegFacts[]) => {
  const tags = ['latest', ...sources.map(({ source }) => source.commit)].map((tag) => `${spec.repository}:${tag}`);
  const references = [spec.legRef, spec.cacheRef, ...tags];
  return Promise.all(references.map(async (reference) => (await world.registry.getManifest(reference))?.digest));
};

const twoCommits = async (repository: string) => {
  const older = world.legOf(repository, 'linux/amd64', { 'app/version.txt': `${repository} a\n` });
  await publish(older, await world.refresh(older));
  const newer = world.legOf(repository, 'linux/amd64', { 'app/version.txt': `${repository} b\n` });
  await publish(newer, await world.refresh(newer));
  world.workspace.git('checkout', '--quiet', older.source.commit);
  return { older, newer };
};

afterEach(() => world.workspace.git('checkout', '--quiet', 'main'));

describe('a run of an older source', () => {
  it('is superseded, and moves nothing', async () => {
    const { older, newer } = await twoCommits('backwards');
    const before = await held(older, older, newer);
    const planned = await world.plan(older);
    expect(planned).toMatchObject({ plan: { buildId: null, superseded: true } });
    expect(planned.superseded).toContain(`was made from ${newer.source.commit}, which has our source commit`);
    const record = await world.build(older, planned);
    expect(record.result).toBe('superseded');
    expect(await publish(older, record)).toMatchObject({ result: 'superseded' });
    expect(await held(older, older, newer)).toEqual(before);
  });

  it('is superseded also when it became older after it was planned', async () => {
    const older = world.legOf('overtaken', 'linux/amd64', { 'app/version.txt': 'overtaken a\n' });
    const planned = await world.plan(older);
    const newer = world.legOf('overtaken', 'linux/amd64', { 'app/version.txt': 'overtaken b\n' });
    await publish(newer, await world.refresh(newer));
    const before = await held(newer, newer);
    world.workspace.git('checkout', '--quiet', older.source.commit);
    const record = await world.build(older, planned);
    expect(record).toMatchObject({ result: 'superseded', reason: expect.stringContaining(newer.source.commit) });
    expect(await held(newer, newer)).toEqual(before);
  });

  it('that is forced writes the tag of its own commit and nothing else', async () => {
    const { older, newer } = await twoCommits('forced');
    const before = await held(newer, newer);
    await world.forget(`${older.spec.repository}:${older.source.commit}`);
    const record = await world.refresh(older, { force: true });
    expect(record).toMatchObject({ result: 'built', apart: true });
    expect(record.cacheRef).toBeUndefined();
    expect(await publish(older, record)).toMatchObject({
      result: 'published',
      tags: [{ action: 'created' }, { action: 'kept' }],
    });
    expect(await held(newer, newer)).toEqual(before);
    world.workspace.git('checkout', '--quiet', 'main');
    expect(await world.plan(newer)).toMatchObject({ reasons: [] });
  });

  it('is not forced where no tag may name it', async () => {
    const { older } = await twoCommits('nameless');
    const nameless = { ...older, spec: { ...older.spec, tags: older.spec.tags.slice(1) } };
    await expect(world.refresh(nameless, { force: true })).rejects.toMatchObject({
      code: 'OptionInvalid',
      remedy: expect.stringContaining('add {commit}'),
    });
  });
});

it.each(['unrelated', 'unknown'] as const)(
  'a source that is %s moves nothing, and hears what to do',
  async (relation) => {
    const { older, newer } = await twoCommits(`history-${relation}`);
    const before = await held(older, older, newer);
    const planned = await world.plan(older, { toSource: relation });
    expect(planned.superseded).toContain(`remove the leg tag ${older.spec.legRef}`);
    expect(await world.build(older, planned)).toMatchObject({ result: 'superseded' });
    expect(await held(older, older, newer)).toEqual(before);
  },
);

describe('the same source with another base image', () => {
  it('moves its own tag and the moving one forward, and never back to what was seen earlier', async () => {
    const { newer } = await twoCommits('bases');
    world.workspace.git('checkout', '--quiet', 'main');
    const [base] = Object.keys(newer.bases);
    const other = (await world.registry.getManifest(`${world.host}/base/python:3.13`))?.digest ?? '';
    const moved = { ...newer, bases: { [base ?? '']: other } };
    const seenLater = { observedAt: new Date(Date.now() + 60_000).toISOString() };
    const [, , before] = await held(newer);
    const record = await world.refresh(moved, seenLater);
    expect(await publish(moved, record)).toMatchObject({ tags: [{ action: 'moved' }, { action: 'moved' }] });
    const after = await held(newer, newer);
    expect(after[2]).not.toBe(before);
    expect(after[3]).toBe(after[2]);
    expect(await world.refresh(newer)).toMatchObject({ result: 'superseded' });
    expect(await held(newer, newer)).toEqual(after);
  });
});

describe('a tag with the constraints commit', () => {
  it('is created once, and is an error when it would hold something else', async () => {
    const first = world.legOf('pinned', 'linux/amd64', { 'app/version.txt': 'pinned a\n' });
    const tags = [{ name: 'cccccccccccc', ofCommit: false, ofConstraints: true }, ...tagsOf(first).slice(1)];
    const record = await world.refresh(first);
    expect(await publish(first, record, tags)).toMatchObject({ result: 'published' });
    expect(await publish(first, record, tags)).toMatchObject({ result: 'unchanged' });
    const second = world.legOf('pinned', 'linux/amd64', { 'app/version.txt': 'pinned b\n' });
    const other = await world.refresh(second);
    const before = await held(first);
    const clash = publish(second, other, tags);
    await expect(clash).rejects.toMatchObject({ code: 'RegistryFailed' });
    await expect(clash).rejects.toThrow(new RegExp(`:cccccccccccc must never move.*${record.digest}.*${other.digest}`));
    expect(await held(first)).toEqual(before);
  });
});
