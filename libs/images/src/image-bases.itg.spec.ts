/** One image from another of the same project, in one run each: against a real registry and a real BuildKit node. */
import { ensureBuilder, inputDigest, readLegSources, type LegFacts } from '.';
import type { OciManifest } from './registry/oci';
import { dockerfile, startWorld, type World } from './testing/world';

const userDockerfile = 'ARG BASE\nFROM ${BASE}\nCOPY user.txt /user.txt\nRUN cat /version.txt /user.txt > /both.txt\n';

let world: World;

beforeAll(async () => {
  world = await startWorld();
  await ensureBuilder({ ...world, platforms: ['linux/amd64'], emit: () => undefined });
});

afterAll(() => world?.stop());

interface Pair {
  readonly base: LegFacts;
  readonly user: LegFacts;
}

/** Both images of one commit, as a run that begins with it plans them. */
const pairOf = async (version: string, baseDockerfile = dockerfile): Promise<Pair> => {
  const files = {
    'app/version.txt': `${version}\n`,
    'app/Dockerfile': baseDockerfile,
    'user/Dockerfile': userDockerfile,
    'user/user.txt': 'user\n',
  };
  const base = world.legOf('base-image', 'linux/amd64', files);
  const { name, legRef, repository, image } = base.spec;
  const { inputs } = await readLegSources(base);
  const spec = {
    ...base.spec,
    ...{ image: 'user', name: name.replace('ci', 'user'), dockerfile: 'user/Dockerfile', context: 'user', bases: {} },
    ...{ repository: `${world.host}/user-image`, cacheRef: `${world.host}/user-image-cache:amd64` },
    legRef: `${world.host}/user-image:leg`,
    imageBases: { BASE: { image, name, repository, legRef } },
  };
  return { base, user: { ...base, spec, baseLegs: { [name]: inputDigest(inputs) } } };
};

const layersOf = async ({ spec }: LegFacts, digest: string | undefined) => {
  const manifest = await world.registry.getManifest(`${spec.repository}@${digest}`);
  return (manifest?.body as OciManifest).layers.map((layer) => layer.digest);
};

const planBoth = async ({ base, user }: Pair) => ({ base: await world.plan(base), user: await world.plan(user) });

it('is made in the first run, with its base in one run, and never from what was not planned', async () => {
  const first = await pairOf('one');
  const planned = await planBoth(first);
  // Whatever runs it too early: there is nothing to start from.
  await expect(world.build(first.user, planned.user)).rejects.toMatchObject({
    code: 'CommandFailed',
    message: expect.stringContaining(`its base ${first.base.spec.name} is not there: no leg tag yet`),
  });
  const base = await world.build(first.base, planned.base);
  const user = await world.build(first.user, planned.user);
  const onTop = async (facts: LegFacts, digest: string | undefined, of: string | undefined) => {
    const lower = await layersOf(facts, of);
    expect((await layersOf({ ...facts, spec: first.user.spec }, digest)).slice(0, lower.length)).toEqual(lower);
  };
  await onTop(first.base, user.digest, base.digest);

  // Nothing changed.
  const again = await planBoth(await pairOf('one'));
  expect([again.base.reasons, again.user.reasons]).toEqual([[], []]);

  // The base changed: both are stale in one plan, and the user waits for the new one.
  const second = await pairOf('two');
  const changed = await planBoth(second);
  expect(changed.base.reasons).toEqual(['files of the source context changed']);
  expect(changed.user.reasons).toEqual([
    expect.stringMatching(/^base image BASE moved: leg:ci-3\.11-linux-amd64@sha256:/),
  ]);
  await expect(world.build(second.user, changed.user)).rejects.toThrow(/made from other inputs than this run planned/);
  const newBase = await world.build(second.base, changed.base);
  const newUser = await world.build(second.user, changed.user);
  expect([newBase.result, newUser.result]).toEqual(['built', 'built']);
  expect(newUser.digest).not.toBe(user.digest);
  await onTop(second.base, newUser.digest, newBase.digest);

  // The base fails: what starts from it stays as it is.
  const third = await pairOf('three', `${dockerfile}RUN false\n`);
  const failing = await planBoth(third);
  await expect(world.build(third.base, failing.base)).rejects.toMatchObject({ code: 'CommandFailed' });
  const before = (await world.registry.getManifest(third.user.spec.legRef))?.digest;
  await expect(world.build(third.user, failing.user)).rejects.toThrow(/its base ci-3\.11-linux-amd64 is not there/);
  expect((await world.registry.getManifest(third.user.spec.legRef))?.digest).toBe(before);
});

it('is superseded where a newer source has built its base meanwhile', async () => {
  const older = await pairOf('older');
  const planned = await planBoth(older);
  const newer = await pairOf('newer');
  await world.refresh(newer.base);
  world.workspace.git('checkout', '--quiet', older.base.source.commit);
  const record = await world.build(older.user, planned.user);
  world.workspace.git('checkout', '--quiet', 'main');
  expect(record).toMatchObject({ result: 'superseded', reason: expect.stringContaining(newer.base.source.commit) });
});
