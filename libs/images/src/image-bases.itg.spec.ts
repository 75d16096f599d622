/** What starts from another image of the same project: against a real registry and a real BuildKit node. */
import { inWords } from '@nx-ci-cache/records';
import { ensureBuilder, inputDigest, readLegSources, type LegFacts } from '.';
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
const pairOf = async (version: string): Promise<Pair> => {
  const files = {
    'app/version.txt': `${version}\n`,
    'app/Dockerfile': dockerfile,
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

const planBoth = async ({ base, user }: Pair) => ({ base: await world.plan(base), user: await world.plan(user) });

it('is never built from what was not planned', async () => {
  const first = await pairOf('one');
  const planned = await planBoth(first);
  await expect(world.build(first.user, planned.user)).rejects.toMatchObject({
    code: 'CommandFailed',
    message: expect.stringContaining(`its base ${first.base.spec.name} is not there: no leg tag yet`),
  });
  await world.build(first.base, planned.base);
  expect(await world.build(first.user, planned.user)).toMatchObject({ result: 'built' });

  const second = await pairOf('two');
  const changed = await planBoth(second);
  expect(inWords(changed.user.reasons)).toEqual([
    expect.stringMatching(/^base image BASE moved: leg:ci-3\.11-linux-amd64@sha256:/),
  ]);
  await expect(world.build(second.user, changed.user)).rejects.toThrow(/made from other inputs than this run planned/);
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
