/** All that is asked of a registry, of each implementation and each way to let somebody in. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { permissionOf, type LegRecord } from '@nx-ci-cache/records';
import { checkPushRight, ensureBuilder, publishIndex, readLegState, registryClient, tagFaults } from '..';
import { startHtpasswdDistribution, startTokenDistribution } from '../testing/distribution';
import type { Distribution, DockerAccount, TokenDistribution } from '../testing/distribution';
import { testTags } from '../testing/leg';
import { startWorld, type World } from '../testing/world';
import type { OciManifest } from './oci';

const dockerConfig = mkdtempSync(join(tmpdir(), 'ci-cache-docker-'));
const platform = 'linux/amd64';
const absent = `sha256:${'0'.repeat(64)}`;
let world: World;
let basic: Distribution;
let token: TokenDistribution;

/** A folder of Docker's configuration with these accounts. */
const configured = (name: string, auths: Readonly<Record<string, DockerAccount>>): string => {
  const folder = mkdtempSync(join(dockerConfig, name));
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ auths }));
  return folder;
};

beforeAll(async () => {
  basic = await startHtpasswdDistribution();
  token = await startTokenDistribution();
  const owner = { [basic.host]: basic.owner, [token.host]: token.owner };
  world = await startWorld({ DOCKER_CONFIG: configured('owner', owner) });
  await ensureBuilder({ ...world, platforms: [platform], emit: () => undefined });
});
afterAll(async () => {
  await world?.stop();
  await basic?.stop();
  await token?.stop();
  rmSync(dockerConfig, { recursive: true });
});

const publish = (facts: ReturnType<World['legOf']>, record: LegRecord) =>
  publishIndex({
    ...{ planDigest: 'p', ...world, run: 'run-1', specs: [facts.spec], records: [record], tags: testTags },
    ...{ permission: permissionOf({ push: 'pushed' }), emit: () => undefined },
  });

/** The one that lets everybody in has a host alone. */
type Implementation = Pick<Distribution, 'host' | 'data'> & Partial<Distribution>;

describe.each<[string, () => Implementation]>([
  ['docker-registry 2', () => ({ host: world.host, data: join(world.stateDir, 'registry/data') })],
  ['Distribution 3 with htpasswd', () => basic],
  ['Distribution 3 with tokens', () => token],
])('%s', (_name, registryOf) => {
  const hostOf = () => registryOf().host;

  it('takes image, cache and leg tag, gives them back whole, and lets an index be published', async () => {
    const leg = world.legOf('contract', platform, {}, hostOf());
    const { spec } = leg;
    const { repository } = spec;
    expect(await readLegState(world.registry, spec)).toEqual({
      problems: [{ kind: 'first', text: `no leg tag yet: ${spec.legRef}` }],
    });
    const record = await world.refresh(leg);
    const digest = record.digest as string;
    expect(record).toMatchObject({ result: 'built', cacheRef: spec.cacheRef });
    expect((await world.plan(leg)).reasons).toEqual([]);

    const content = { repository, tags: testTags, platforms: [{ platform, digest }] };
    expect(await tagFaults(world.registry, content)).toHaveLength(testTags.length);
    expect(await publish(leg, record)).toMatchObject({ result: 'published' });
    expect(await publish(leg, record)).toMatchObject({ result: 'unchanged' });
    expect(await tagFaults(world.registry, content)).toEqual([]);

    const manifest = await world.registry.getManifest(`${repository}@${digest}`);
    const { config } = manifest?.body as OciManifest;
    expect(await world.registry.blobExists(repository, config.digest)).toBe(true);
    expect((await world.registry.getBlob(repository, config.digest)).length).toBe(config.size);

    await world.forget(`${repository}@${digest}`, registryOf().deleting?.('contract'));
    expect((await readLegState(world.registry, spec)).problems).toEqual([
      { kind: 'image-gone', text: `the image ${repository}@${digest} is gone` },
    ]);
  });

  it('says of what is not there that it is not there', async () => {
    const { registry } = world;
    expect(await registry.getManifest(`${hostOf()}/nobody/made:1`)).toBeUndefined();
    expect(await registry.getManifest(`${hostOf()}/contract:unknown`)).toBeUndefined();
    expect(await registry.getManifest(`${hostOf()}/contract@${absent}`)).toBeUndefined();
    expect(await registry.blobExists(`${hostOf()}/contract`, absent)).toBe(false);
  });

  it('begins an upload for who may push, and leaves nothing of it', async () => {
    const repository = `${hostOf()}/upload`;
    await checkPushRight(repository, { environment: world.environment });
    const uploads = join(registryOf().data, 'docker/registry/v2/repositories/upload/_uploads');
    // Folders stay; what names an upload that is under way goes.
    expect(readdirSync(uploads, { recursive: true }).filter((path) => /startedat|data/.test(String(path)))).toEqual([]);
  });

  it('names who is not let in', async () => {
    if (registryOf().owner === undefined) return;
    const environment = { ...process.env, DOCKER_CONFIG: configured('nobody', {}) };
    const refused = { code: 'RegistryFailed', remedy: expect.stringContaining(`docker login ${hostOf()}`) };
    const registry = registryClient({ environment });
    await expect(registry.getManifest(`${hostOf()}/contract:latest`)).rejects.toMatchObject(refused);
    await expect(checkPushRight(`${hostOf()}/contract`, { environment })).rejects.toMatchObject(refused);
  });
});

it('lets an account that may only read read, and names the right it lacks', async () => {
  const environment = { ...process.env, DOCKER_CONFIG: configured('reader', { [token.host]: token.reader }) };
  const repository = `${token.host}/contract`;
  expect(await registryClient({ environment }).getManifest(`${repository}:latest`)).toBeDefined();
  await expect(checkPushRight(repository, { environment })).rejects.toMatchObject({
    code: 'RegistryFailed',
    remedy: expect.stringContaining(`repository:contract:pull,push on ${token.host}`),
  });
});
