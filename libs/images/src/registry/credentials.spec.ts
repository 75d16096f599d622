import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolEnvironment } from '../environment';
import { credentialsFor } from './credentials';

const folder = mkdtempSync(join(tmpdir(), 'ci-cache-accounts-'));
afterAll(() => rmSync(folder, { recursive: true }));

const auth = (text: string) => ({ auth: Buffer.from(text).toString('base64') });
const hub = 'https://index.docker.io/v1/';
const found = (auths: object, host = 'ghcr.io', repository = 'team/app', environment: NodeJS.ProcessEnv = {}) => {
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ auths }));
  return credentialsFor(host, repository, { DOCKER_CONFIG: folder, ...environment });
};
const password = (username: string, secret: string) => ({ username, secret, kind: 'password' });

it.each<[string, object, object | undefined]>([
  ['auth', { 'ghcr.io': auth('ann:p:w') }, password('ann', 'p:w')],
  ['two fields', { 'ghcr.io': { username: 'ann', password: 'pw' } }, password('ann', 'pw')],
  [
    'an identity token',
    { 'ghcr.io': { ...auth('ann:'), identitytoken: 't' } },
    { kind: 'identity-token', secret: 't' },
  ],
  ['a registry token', { 'ghcr.io': { registrytoken: 't' } }, { kind: 'registry-token', secret: 't' }],
  ['a key with a scheme', { 'https://ghcr.io': auth('ann:pw') }, password('ann', 'pw')],
  ['a key with http', { 'http://ghcr.io/': auth('ann:pw') }, password('ann', 'pw')],
  ['a key with /v1/', { 'https://ghcr.io/v1/': auth('ann:pw') }, password('ann', 'pw')],
  ['a key with /v2/ and no scheme', { 'ghcr.io/v2/': auth('ann:pw') }, password('ann', 'pw')],
  ['the longest scope', { 'ghcr.io': auth('a:1'), 'ghcr.io/team': auth('b:2') }, password('b', '2')],
  ['the repository', { 'ghcr.io/team': auth('b:2'), 'ghcr.io/team/app': auth('c:3') }, password('c', '3')],
  ['no neighbour', { 'ghcr.io/tea': auth('b:2'), 'ghcr.io/other/app': auth('c:3') }, undefined],
  ['no other host', { 'ghcr.io.example.org': auth('b:2'), hub: auth('c:3') }, undefined],
  ['an empty entry', { 'ghcr.io': {} }, undefined],
])('reads %s', async (_name, auths, expected) => {
  const account = await found(auths);
  if (expected === undefined) expect(account).toBeUndefined();
  else expect(account).toMatchObject(expected);
});

it.each([hub, 'docker.io', 'index.docker.io', 'https://registry-1.docker.io/v2/', 'docker.io/library'])(
  'knows %s for Docker Hub',
  async (key) => {
    expect(await found({ [key]: auth('ann:pw') }, 'docker.io', 'library/python')).toMatchObject({ secret: 'pw' });
  },
);

it('asks DOCKER_AUTH_CONFIG first, then the file', async () => {
  const environment = { DOCKER_AUTH_CONFIG: JSON.stringify({ auths: { 'ghcr.io': auth('ci:job') } }) };
  const file = { 'ghcr.io': auth('ann:pw'), 'quay.io': auth('eve:pw') };
  expect(await found(file, 'ghcr.io', 'team/app', environment)).toMatchObject({ username: 'ci' });
  expect(await found(file, 'quay.io', 'team/app', environment)).toMatchObject({ username: 'eve' });
});

it('shows no text of an ill-formed configuration', async () => {
  const asked = found({}, 'ghcr.io', 'team/app', { DOCKER_AUTH_CONFIG: '{"auths": hunter2' });
  await expect(asked).rejects.toMatchObject({ message: 'DOCKER_AUTH_CONFIG is no JSON' });
});

it('gives buildx the configuration that is read here', () => {
  const source = { DOCKER_CONFIG: folder, DOCKER_AUTH_CONFIG: '{}' };
  expect(toolEnvironment(source)).toMatchObject(source);
});
