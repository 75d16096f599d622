/** Registries that will not, asked by our client and by the real buildx: each as it answers. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { permissionOf, type Grant } from '@nx-ci-cache/records';
import { down, stackEnv, up } from '@nx-ci-cache/testbed';
import { buildxCommand, registryClient, type Buildx } from '..';
import { faultyRegistry, type FaultyRegistry } from '../testing/faulty-registry';
import { immutable, notOverwritten, tooMany } from '../testing/registries';
import { registryRetry } from './failure';
import { createIndex } from './imagetools';
import type { OciIndex } from './oci';

const stateDir = mkdtempSync(join(tmpdir(), 'ci-cache-stack-'));
let faulty: FaultyRegistry;
let buildx: Buildx;
let repository: string;
const client = registryClient({ retry: { ...registryRetry, baseMs: 1 } });

beforeAll(async () => {
  await up(stateDir, { parts: ['registry', 'bases'] });
  const env = stackEnv(stateDir);
  faulty = await faultyRegistry(env['CI_CACHE_REGISTRY'] ?? '');
  repository = `${faulty.host}/base/python`;
  buildx = buildxCommand({ ...process.env, ...env });
});
beforeEach(() => faulty.fail());
afterAll(async () => {
  faulty?.stop();
  await down(stateDir, { purge: true });
});

/** Moves a tag, as a run does: what it holds already would not be written again. */
const moveTag = async () => {
  const base = await client.getManifest(`${repository}:3.11`);
  const digests = (base?.body as OciIndex).manifests.map(({ digest }) => digest);
  const grant = permissionOf({ push: 'pushed' }).movingTag as Grant<'movingTag'>;
  const annotations = { moved: randomUUID() };
  await createIndex(buildx, { reference: `${repository}:again`, repository, digests, annotations }, grant);
};
const onTag = { method: 'PUT', path: /\/manifests\/again$/ };

describe.each(Object.entries(tooMany))('%s, asked too often', (_name, answer) => {
  const waiting = (wait: string) => ({ ...answer, headers: { ...answer.headers, 'retry-after': wait } });
  const onRead = { method: 'GET', path: /\/manifests\/3\.11$/ };

  it('is asked again once the wait is over', async () => {
    faulty.fail({ ...onRead, answer: waiting('0'), times: 2 });
    expect(await client.getManifest(`${repository}:3.11`)).toBeDefined();
  });

  it('is not waited for longer than a run waits, and that is said', async () => {
    faulty.fail({ ...onRead, answer: waiting('21600') });
    await expect(client.getManifest(`${repository}:3.11`)).rejects.toMatchObject({
      code: 'RegistryFailed',
      message: expect.stringContaining('429 (too many requests) and asks to wait 21600 s'),
    });
  });

  // BuildKit's own tries come at once; then it is our turn.
  it('gets the tag in the end', async () => {
    faulty.fail({ ...onTag, answer: waiting('0'), times: 7 });
    await moveTag();
    expect(await client.getManifest(`${repository}:again`)).toBeDefined();
  });
});

it.each(Object.entries(immutable))(
  'says that a tag of %s is immutable, and what must not be',
  async (_name, answer) => {
    faulty.fail({ ...onTag, answer });
    await expect(moveTag()).rejects.toMatchObject({
      code: 'RegistryFailed',
      message: `the tag ${repository}:again cannot be written again: it is immutable`,
      remedy: expect.stringContaining('Cache refs, leg tags'),
    });
  },
);

it.each(Object.entries(notOverwritten))(
  'asks for the right to overwrite where %s only refuses',
  async (_name, answer) => {
    faulty.fail({ ...onTag, answer });
    await expect(moveTag()).rejects.toMatchObject({
      code: 'RegistryFailed',
      message: `the tag ${repository}:again cannot be written: not let in`,
      remedy: expect.stringContaining('overwrite'),
    });
  },
);
