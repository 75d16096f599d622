import { protocolOf } from '@nx-ci-cache/git';
import { checkRemote } from './remote';

it.each([
  ['https://example.com/a/b.git', 'https'],
  ['https://example.com:8443/a', 'https'],
  ['ssh://git@example.com/a/b', 'ssh'],
  ['ssh://git@example.com:2222/a/b', 'ssh'],
  ['git@example.com:a/b.git', 'ssh'],
  ['example.com:a/b.git', 'ssh'],
  ['git@example.com:/srv/a', 'ssh'],
  ['ssh://example.com/a', 'ssh'],
  ['ssh://[fe80::1]/a', 'ssh'],
  ['SSH://git@[fe80::1]:22/a', 'ssh'],
  ['file:///srv/git/a', 'file'],
  ['/srv/git/a', 'file'],
  ['http://127.0.0.1:8080/a', 'http'],
  ['http://localhost/a', 'http'],
  ['http://127.10.20.130/a', 'http'],
  ['http://[::1]:80/a', 'http'],
])('%s goes by %s', (url, protocol) => {
  expect(protocolOf(url)).toBe(protocol);
});

it.each([
  'http://example.com/a',
  'http://127.0.0.1.example.com/a',
  'http://x.localhost/a',
  'xhttp://localhost/a',
  'xfile:///a',
  'http://localhost@example.com/a',
  'https://example.com/a#b',
  'https://example.com:port/a',
  'https://user@example.com/a',
  'https://user:secret-word@example.com/a',
  'https://:secret-word@example.com/a',
  'https://@example.com/a',
  'https://user:/secret-word@example.com/a',
  'https://user:a/secret-word@example.com/a',
  'https://user:secret-word@example.com/user:secret-word@',
  'https:///a',
  'https://example.com/a?x=1',
  'ssh://git:secret-word@example.com/a',
  'ssh://-oProxyCommand=id/a',
  'ssh://git@-oProxyCommand=id/a',
  'git:secret-word@example.com:a',
  '-oProxyCommand=id:a',
  'git@example.com:-x',
  'ext::sh -c id',
  'fd::17',
  'git://example.com/a',
  'ftp://example.com/a',
  'file://host/a',
  '../a',
  'a b',
  'https://example.com/\u202ea',
  '/srv/a\nb',
  'C:\\a',
  '',
])('refuses %j, and says where, what is allowed and no password', (url) => {
  expect(protocolOf(url)).toBeUndefined();
  const check = () => checkRemote(url, { file: 'ci-cache.json', key: 'push.remote' });
  expect(check).toThrow(expect.objectContaining({ code: 'OptionInvalid' }));
  expect(check).toThrow(
    expect.objectContaining({ remedy: expect.stringMatching(/credentials through the environment/) }),
  );
  expect(check).toThrow(/ci-cache\.json: push\.remote[^]*allowed: https/);
  expect(check).not.toThrow(/secret-word/);
});

it.each([
  ['https://user:pa/ss@x@example.com/a', 'https://***@example.com/a'],
  ['https://user:a\nb@example.com/a', 'https://***@example.com/a'],
  ['git:secret-word@example.com:a', '***@example.com:a'],
  ['git://example.com/a', 'git://example.com/a'],
  ['https://example.com/a?private_token=secret-word', 'https://example.com/a?***'],
  ['https://example.com/a#secret-word', 'https://example.com/a#***'],
  ['https://user:pa#ss?@example.com/a', 'https://***'],
  ['https://example.com/a?token=secret@word', 'https://***'],
])('shows %j as %j', (url, shown) => {
  expect(() => checkRemote(url, { file: 'f', key: 'k' })).toThrow(`f: k = ${JSON.stringify(shown)}\n`);
});
