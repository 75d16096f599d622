import { checkRequest } from './check-request';
import type { PublishRequest } from './request';

const request: PublishRequest = {
  remote: 'https://example.com/a.git',
  branch: 'constraints-main',
  files: { 'a-3.11.txt': 'one==1.0\n' },
  remove: ['a-3.9.txt'],
  message: 'Update\n\nBody',
  trailers: { Tested: 'api:test', 'CI-Run': 'https://ci.example/1' },
  author: { name: 'Bot', email: 'bot@example.com' },
  source: { commit: 'a'.repeat(40), cutoff: '2026-05-01T00:00:00Z' },
  workspaceRoot: '/w',
  permission: { denied: 'a test of the request alone' },
  signingKey: '/run/secrets/key',
  tag: 'constraints-2.10.1',
};
const check = (changes: object) => () => checkRequest({ ...request, ...changes });

it('takes what may be used, and does without what may be left out', () => {
  expect(check({})).not.toThrow();
  expect(
    check({ remove: undefined, trailers: undefined, tag: undefined, signingKey: undefined, ssh: undefined }),
  ).not.toThrow();
  expect(check({ source: { commit: 'b'.repeat(64), cutoff: '2026-05-01T00:00:00.123Z' } })).not.toThrow();
  expect(check({ ssh: { keyFile: '/run/key' } })).not.toThrow();
});

const source = (changes: object) => ({ source: { ...request.source, ...changes } });
const author = (changes: object) => ({ author: { ...request.author, ...changes } });
const utc = 'an instant in UTC such as 2026-05-01T00:00:00Z';
const oneLine = 'one line without < and >';
const names = 'names of letters and dashes, other than Removed, Source-Commit, Cut-Off, Source-Files, Source-Of';
const plain = 'one line without control characters';
const message = 'a subject line, then any lines without control characters';

it.each<[object, key: string, value: string, allowed: string]>([
  [{ remove: ['b.txt', 'a-3.11.txt'] }, 'remove', 'a-3.11.txt', 'names of files that are not published by the same'],
  [source({ cutoff: '2026-05-01' }), 'source.cutoff', '2026-05-01', utc],
  [source({ cutoff: '2026-13-01T00:00:00Z' }), 'source.cutoff', '2026-13-01T00:00:00Z', utc],
  [source({ cutoff: '2026-05-01T00:00:00+01:00' }), 'source.cutoff', '2026-05-01T00:00:00+01:00', utc],
  [source({ cutoff: '+002026-05-01T00:00:00Z' }), 'source.cutoff', '+002026-05-01T00:00:00Z', utc],
  [source({ cutoff: '2026-05-01T00:00:00Z (x)' }), 'source.cutoff', '2026-05-01T00:00:00Z (x)', utc],
  [author({ name: ' ' }), 'author.name', ' ', oneLine],
  [author({ email: '' }), 'author.email', '', oneLine],
  [author({ name: 'A <a@example.com>' }), 'author.name', 'A <a@example.com>', oneLine],
  [author({ email: 'a>' }), 'author.email', 'a>', oneLine],
  [author({ name: 'A\nB' }), 'author.name', 'A\nB', oneLine],
  [author({ name: 'A\u202eB' }), 'author.name', 'A\u202eB', oneLine],
  [{ message: '' }, 'message', '', message],
  [{ message: '  \nBody' }, 'message', '  \nBody', message],
  [{ message: 'Update \u202ex' }, 'message', 'Update \u202ex', message],
  [{ message: 'Update\n\n\u001b[31mred' }, 'message', 'Update\n\n\u001b[31mred', message],
  [{ message: 'Update\r\n' }, 'message', 'Update\r\n', message],
  [{ trailers: { 'Source-Commit': 'x' } }, 'trailers', 'Source-Commit', names],
  [{ trailers: { Removed: 'x' } }, 'trailers', 'Removed', names],
  [{ trailers: { 'not one': 'x' } }, 'trailers', 'not one', names],
  [{ trailers: { lower: 'x' } }, 'trailers', 'lower', names],
  [{ trailers: { xTested: 'x' } }, 'trailers', 'xTested', names],
  [{ trailers: { 'Tested:': 'x' } }, 'trailers', 'Tested:', names],
  [{ trailers: { [`A${'a'.repeat(41)}`]: 'x' } }, 'trailers', `A${'a'.repeat(41)}`, names],
  [{ trailers: { Tested: ' ' } }, 'trailers.Tested', ' ', plain],
  [{ trailers: { Tested: 'a\nSource-Of: b' } }, 'trailers.Tested', 'a\nSource-Of: b', plain],
])('refuses %j', (changes, key, value, allowed) => {
  expect(check(changes)).toThrow(
    expect.objectContaining({
      code: 'OptionInvalid',
      message: expect.stringContaining(`push: ${key} = ${JSON.stringify(value)}\n  allowed: ${allowed}`),
      remedy: `Correct ${key}.`,
      data: { key },
    }),
  );
});

/** Each of these has its own table where it is checked; here counts that it is asked. */
it.each<[object, RegExp]>([
  [{ remote: 'ext::sh -c id' }, /request: remote/],
  [{ branch: 'main' }, /"main"/],
  [{ files: { '../x': '' } }, /file name "..\/x"/],
  [{ files: { 'a.txt': '--index-url x\n' } }, /a\.txt: line 1/],
  [{ remove: ['../x'] }, /file name "..\/x"/],
  [source({ commit: 'HEAD' }), /commit = "HEAD"/],
  [{ tag: 'v1' }, /tag = "v1"/],
  [{ signingKey: 'relative' }, /request: signingKey/],
  [{ ssh: { keyFile: '/a b' } }, /request: ssh\.keyFile/],
])('refuses %j by the rule it is named for', (changes, words) => {
  expect(check(changes)).toThrow(words);
});
