/** What is left over goes, and nothing else does, from registries that remove tags, manifests alone, or nothing at all. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isGranted, permissionOf, type Leftover } from '@nx-ci-cache/records';
import { down, stackEnv, up } from '@nx-ci-cache/testbed';
import { registryClient } from '../registry/client';
import {
  startHtpasswdDistribution,
  startKeepingDistribution,
  startTokenDistribution,
  type Distribution,
  type TokenDistribution,
} from '../testing/distribution';
import { testSpec } from '../testing/leg';
import { pushContent } from '../testing/push-content';
import { planPrune, type PrunePlanFacts } from './plan-prune';
import { nameOf, removeLeftovers } from './remove-leftovers';

const stack = mkdtempSync(join(tmpdir(), 'ci-cache-stack-'));
const docker = mkdtempSync(join(tmpdir(), 'ci-cache-docker-'));
const environment = { ...process.env, DOCKER_CONFIG: docker };
const registry = registryClient({ environment });
const commits = ['1', '2', '3'].map((digit) => digit.repeat(40)) as [string, string, string];
const foreign = 'f'.repeat(40);
let old: string;
let basic: Distribution;
let token: TokenDistribution;
let keeping: Distribution;
let made = 0;

beforeAll(async () => {
  await up(stack, { parts: ['registry'] });
  old = stackEnv(stack)['CI_CACHE_REGISTRY'] ?? '';
  basic = await startHtpasswdDistribution();
  token = await startTokenDistribution();
  keeping = await startKeepingDistribution();
  login(token.owner);
});
afterAll(async () => {
  for (const each of [basic, token, keeping]) await each?.stop();
  await down(stack, { purge: true });
  rmSync(docker, { recursive: true });
});

const login = (account: { readonly auth: string }) =>
  writeFileSync(
    join(docker, 'config.json'),
    JSON.stringify({ auths: { [basic.host]: basic.owner, [token.host]: account } }),
  );

const plan = (facts: Partial<PrunePlanFacts>) =>
  planPrune({
    ...{ registry, legs: [], commitTags: [], inUse: new Set<string>() },
    isPast: async (commit) => commit !== foreign,
    newestFirst: async (all) => [...commits].reverse().filter((commit) => all.includes(commit)),
    ...facts,
  });

const remove = async (leftovers: readonly Leftover[]) => {
  const { removal } = permissionOf({ removing: true });
  if (!isGranted(removal)) throw new Error('denied');
  return removeLeftovers({ environment, leftovers, emit: () => undefined }, removal);
};

const fates = async (leftovers: readonly Leftover[]) =>
  Object.fromEntries((await remove(leftovers)).leftovers.map((each) => [nameOf(each), each.fate]));

const isThere = async (reference: string) => (await registry.getManifest(reference)) !== undefined;

/** The host, with what gets in there; and whether it removes a tag alone. */
const registries: readonly [string, () => readonly [string, Record<string, string>, boolean]][] = [
  ['docker-registry 2', () => [old, {}, false]],
  ['Distribution 3', () => [basic.host, { authorization: `Basic ${basic.owner.auth}` }, true]],
];

describe.each(registries)('%s', (_name, at) => {
  const start = () => {
    const [host, account, alone] = at();
    const name = `prune-${(made += 1)}`;
    return { host, name, repository: `${host}/${name}`, alone, push: pushContent(host, account) };
  };

  it('removes tags of old commits, and of what they named whatever nothing else needs', async () => {
    const { name, repository, alone, push } = start();
    const [a1, a2, a3, both] = [
      await push.image(name),
      await push.image(name),
      await push.image(name),
      await push.image(name),
    ];
    await push.index(name, commits[0], [a1]);
    const i2 = await push.index(name, commits[1], [a2, both]);
    await push.index(name, commits[2], [a3, both]);
    await push.index(name, 'latest', [a3, both]);
    await push.index(name, 'release', [a1]);
    await push.index(name, foreign, [a1]);
    const patterns = [/^([0-9a-f]{40})$/];
    const { leftovers, doubts } = await plan({ commitTags: [{ repository, patterns, keep: 1 }] });
    expect(doubts).toEqual([expect.stringMatching(/tags of 1 commit that no history at hand holds/)]);
    const shared = alone ? 'removed' : 'needed';
    expect(await fates(leftovers)).toEqual({
      [`${repository}:${commits[1]}`]: 'removed',
      [`${repository}:${commits[0]}`]: shared,
      [`${repository}@${i2}`]: alone ? 'removed' : 'gone',
      [`${repository}@${a2}`]: 'removed',
    });
    const left = ['latest', 'release', foreign, commits[2], ...(alone ? [] : [commits[0]])];
    expect([...(await registry.tagsOf(repository))].sort()).toEqual(left.sort());
    for (const digest of [a1, a3, both]) expect(await isThere(`${repository}@${digest}`)).toBe(true);
    expect((await plan({ commitTags: [{ repository, patterns, keep: 1 }] })).leftovers).toHaveLength(alone ? 0 : 1);
  });

  it('removes what a leg left: its cache, its tag and its image', async () => {
    const { name, repository, push } = start();
    const spec = testSpec({ repository });
    const leg = await push.leg(spec.legRef, commits[0]);
    const cache = await push.cache(`${name}-cache`, spec.name);
    await push.cache(`${name}-cache`, 'of-somebody');
    const mine = await push.image(name, 'mine');
    const { leftovers, doubts } = await plan({ legs: [spec] });
    expect(doubts).toEqual([]);
    expect(leftovers.map(nameOf)).toEqual([
      spec.cacheRef,
      spec.legRef,
      `${repository}-cache@${cache}`,
      `${repository}@${leg.index}`,
      `${repository}@${leg.digest}`,
    ]);
    expect(new Set(Object.values(await fates(leftovers)))).toEqual(
      new Set(['removed', ...(start().alone ? [] : ['gone'])]),
    );
    for (const gone of leftovers) expect(await isThere(nameOf(gone))).toBe(false);
    expect(await registry.tagsOf(`${repository}-cache`)).toEqual(['of-somebody']);
    expect(await isThere(`${repository}@${mine}`)).toBe(true);
  });

  it('leaves what nothing proves to be ours', async () => {
    const { name, repository, push } = start();
    const spec = testSpec({ repository });
    const used = testSpec({ repository: `${repository}-used` });
    const unknown = testSpec({ repository: `${repository}-unknown` });
    const cacheless = testSpec({ repository: `${repository}-image` });
    await push.leg(spec.legRef, foreign);
    await push.leg(used.legRef, commits[0]);
    await push.index(`${name}-unknown`, 'leg--ci-3.11-linux-amd64', [await push.image(`${name}-unknown`)]);
    await push.leg(cacheless.legRef, commits[0]);
    await push.image(`${name}-image-cache`, cacheless.name);
    const { leftovers, doubts } = await plan({
      legs: [spec, used, unknown, cacheless, testSpec({ repository: `${repository}-none` })],
      inUse: new Set([used.legRef]),
    });
    expect(leftovers.filter(({ tag }) => tag !== undefined).map(nameOf)).toEqual([cacheless.legRef]);
    expect(doubts).toEqual([
      expect.stringContaining(`${spec.legRef} was recorded by ${foreign}, which is not in the history`),
      expect.stringContaining(`${unknown.legRef} holds no state of a leg`),
      `${cacheless.cacheRef} holds no build cache`,
    ]);
  });

  it('leaves what has moved, and what has come to be needed since it was listed', async () => {
    const { name, repository, alone, push } = start();
    const spec = testSpec({ repository });
    const leg = await push.leg(spec.legRef, commits[0]);
    const [a1, a2] = [await push.image(name), await push.image(name)];
    await push.index(name, commits[0], [a1]);
    await push.index(name, commits[1], [a2]);
    const commitTags = [{ repository, patterns: [/^([0-9a-f]{40})$/], keep: 1 }];
    const { leftovers } = await plan({ legs: [spec], commitTags });
    await push.leg(spec.legRef, commits[1]);
    await push.index(name, 'again', [a1, leg.digest]);
    const fate = await fates(leftovers);
    expect(fate[spec.legRef]).toBe('moved');
    expect(fate[`${repository}:${commits[0]}`]).toBe(alone ? 'removed' : 'needed');
    expect(fate[`${repository}@${a1}`]).toBe('needed');
    expect(fate[`${repository}@${leg.digest}`]).toBe('needed');
    for (const kept of [spec.legRef, `${repository}:again`, `${repository}@${a1}`])
      expect(await isThere(kept)).toBe(true);
  });
});

it('touches nothing anywhere when one registry removes nothing, and says which and what to do', async () => {
  const name = `prune-${(made += 1)}`;
  const legs = [old, keeping.host].map((host) => testSpec({ repository: `${host}/${name}` }));
  for (const { legRef } of legs) await pushContent(legRef.split('/')[0] ?? '').leg(legRef, commits[0]);
  const { leftovers } = await plan({ legs });
  const { refusals, leftovers: pruned } = await remove(leftovers);
  expect(refusals).toEqual([expect.stringMatching(`^${keeping.host} does not remove .*storage\\.delete\\.enabled`)]);
  expect(new Set(pruned.map(({ fate }) => fate))).toEqual(new Set(['not offered']));
  for (const { legRef } of legs) expect(await isThere(legRef)).toBe(true);
});

it('names the right that an account lacks', async () => {
  const name = `prune-${(made += 1)}`;
  const spec = testSpec({ repository: `${token.host}/${name}` });
  const leftover: Leftover = { kind: 'leg', repository: spec.repository, tag: 'leg', digest: 'sha256:1', why: '' };
  login(token.reader);
  await expect(remove([leftover])).rejects.toMatchObject({
    code: 'RegistryFailed',
    remedy: expect.stringContaining(`repository:${name}:delete on ${token.host}`),
  });
  login(token.owner);
  expect(await fates([leftover])).toEqual({ [spec.repository + ':leg']: 'gone' });
});
