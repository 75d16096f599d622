import { credentialPairs } from './credentials';
import { transferEnvironment } from './environment';

const github = { GITHUB_TOKEN: 'ghs_canary_canary', GITHUB_SERVER_URL: 'https://github.example' };
const gitlab = { CI_JOB_TOKEN: 'glcbt_canary', CI_SERVER_HOST: 'gitlab.example' };
const basic = (text: string) => `Authorization: Basic ${Buffer.from(text).toString('base64')}`;

it('trusts a repository of another owner only where the user named its path', () => {
  const global = (url: string) => transferEnvironment(url, '/private', { PATH: '/bin' })['GIT_CONFIG_GLOBAL'];
  expect(global('/srv/a.git')).toBe('/private/any-owner');
  for (const url of ['https://github.example/a', 'git@github.example:a', 'http://127.0.0.1/a'])
    expect(global(url)).toBe('/dev/null');
});

it('offers a CI token to the own server of that CI and to nobody else', () => {
  expect(credentialPairs('https://github.example/a/b', github)).toEqual([
    { key: 'http.https://github.example/.extraheader', value: basic('x-access-token:ghs_canary_canary') },
  ]);
  expect(credentialPairs('https://gitlab.example/a/b', { ...github, ...gitlab })).toEqual([
    { key: 'http.https://gitlab.example/.extraheader', value: basic('gitlab-ci-token:glcbt_canary') },
  ]);
  for (const url of [
    'https://evil.example/a',
    'https://github.example.evil/a',
    'https://github.example:444/a',
    '/srv/a',
  ])
    expect(credentialPairs(url, { ...github, ...gitlab })).toEqual([]);
  expect(credentialPairs('http://127.0.0.1/a', { ...github, GITHUB_SERVER_URL: 'http://127.0.0.1' })).toEqual([]);
});

it('passes on headers and trust for one URL, and no setting that runs or redirects', () => {
  const pairs = [
    ['http.https://example.com/.extraHeader', 'X: y'],
    ['http.extraHeader', 'X: everywhere'],
    ['core.hooksPath', '/evil'],
    ['core.sshCommand', 'evil'],
    ['credential.helper', '!evil'],
    ['url.https://evil/.insteadOf', 'https://example.com/'],
    ['protocol.ext.allow', 'always'],
  ];
  const environment = Object.fromEntries(
    pairs.flatMap(([key, value], at) => [
      [`GIT_CONFIG_KEY_${at}`, key],
      [`GIT_CONFIG_VALUE_${at}`, value],
    ]),
  );
  expect(credentialPairs('https://example.com/a', { ...environment, GIT_CONFIG_COUNT: '7' })).toEqual([
    { key: 'http.https://example.com/.extraHeader', value: 'X: y' },
  ]);
});

it('allows one protocol, keeps the user out, and holds a secret in configuration values only', () => {
  const poison = {
    GIT_DIR: '/evil',
    GIT_SSH: 'evil',
    GIT_SSH_COMMAND: 'evil',
    GIT_EXEC_PATH: '/evil',
    GIT_TRACE: '1',
    GIT_PROXY_COMMAND: 'evil',
    GIT_TEMPLATE_DIR: '/evil',
    LD_PRELOAD: '/evil',
    XDG_CONFIG_HOME: '/evil',
    HOME: '/evil',
    GIT_EXTERNAL_DIFF: 'evil',
    GIT_ALTERNATE_OBJECT_DIRECTORIES: '/evil',
  };
  const environment = transferEnvironment('https://github.example/a', '/private', {
    PATH: '/bin',
    ...github,
    ...poison,
  });
  expect(Object.values(environment).join('\n')).not.toContain('evil');
  expect(environment).toMatchObject({
    GIT_ALLOW_PROTOCOL: 'https',
    HOME: '/private',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_COUNT: '1',
  });
  expect(environment['GITHUB_TOKEN']).toBeUndefined();
});
