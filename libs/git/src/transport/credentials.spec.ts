import { credentialPairs } from './credentials';

const url = 'https://github.example/acme/app';
const ci = { GITHUB_TOKEN: 'ghs_canary_canary', GITHUB_SERVER_URL: 'https://github.example' };
const token = {
  key: 'http.https://github.example/.extraheader',
  value: `Authorization: Basic ${Buffer.from('x-access-token:ghs_canary_canary').toString('base64')}`,
};

it.each<[string, string, boolean]>([
  ["a header for the CI's server", 'http.https://github.example/.extraheader', false],
  ['its case and its own port written out', 'http.HTTPS://GitHub.example:443/.extraHeader', false],
  ['a header for one path there', 'http.https://github.example/acme/.extraheader', false],
  ['a header for another server', 'http.https://corp.example/.extraheader', true],
  ['a header for another port', 'http.https://github.example:8443/.extraheader', true],
  ['a header without encryption', 'http.http://github.example/.extraheader', true],
  ['a server whose name only begins alike', 'http.https://github.example.evil/.extraheader', true],
  ['a URL that is none', 'http.https://[/.extraheader', true],
  ['a proxy for a path that is called like a header', 'http.https://github.example/.extraheader.proxy', true],
  ["a proxy for the CI's server", 'http.https://github.example/.proxy', true],
])('with %s of the caller: %s, the token goes along: %s', (_, key, goesAlong) => {
  const own = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: key, GIT_CONFIG_VALUE_0: 'X: y' };
  expect(credentialPairs(url, { ...ci, ...own })).toEqual([{ key, value: 'X: y' }, ...(goesAlong ? [token] : [])]);
});

it('leaves the word to GIT_ASKPASS, and gives a path or an ssh address no token', () => {
  expect(credentialPairs(url, { ...ci, GIT_ASKPASS: '/askpass' })).toEqual([]);
  for (const other of ['/srv/a', 'git@github.example:acme/app']) expect(credentialPairs(other, ci)).toEqual([]);
});

it('sends a token without the blanks around it, and none that is nothing else', () => {
  expect(credentialPairs(url, { ...ci, GITHUB_TOKEN: ' ghs_canary_canary\n' })).toEqual([token]);
  expect(credentialPairs(url, { ...ci, GITHUB_TOKEN: ' \n' })).toEqual([]);
});
