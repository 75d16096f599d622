import { parsePorcelain, pushReport, type PushReport } from './porcelain';

const ref = 'refs/heads/constraints-main';
const said = (flag: string, summary: string) => `To /srv/git\n${flag}\tabc:${ref}\t${summary}\nDone\n`;

it('reads lines of refs and nothing else', () => {
  expect(parsePorcelain(said('!', '[rejected] (stale info)'))).toEqual([
    { flag: '!', source: 'abc', destination: ref, summary: '[rejected] (stale info)' },
  ]);
  expect(parsePorcelain('')).toEqual([]);
});

it.each<[string, string, number, string, PushReport['kind']]>([
  ['fast forward', said(' ', 'abc..def'), 0, '', 'accepted'],
  ['new branch', said('*', '[new branch]'), 0, '', 'accepted'],
  ['already there', said('=', '[up to date]'), 0, '', 'lost'],
  ['accepted, but a non-zero exit', said(' ', 'abc..def'), 1, '', 'lost'],
  ['lease', said('!', '[rejected] (stale info)'), 1, '', 'lease-lost'],
  ['behind', said('!', '[rejected] (fetch first)'), 1, '', 'lease-lost'],
  ['old value', said('!', '[remote rejected] (incorrect old value provided)'), 1, '', 'lease-lost'],
  [
    'moved under the lock',
    said('!', '[remote rejected] (cannot lock ref: is at a1 but expected b2)'),
    1,
    '',
    'lease-lost',
  ],
  ['lock', said('!', '[remote rejected] (failed to update ref)'), 1, '', 'locked'],
  ['hook', said('!', '[remote rejected] (pre-receive hook declined)'), 1, 'remote: no\n', 'denied'],
  ['protection', said('!', '[remote rejected] (protected branch hook declined)'), 1, '', 'denied'],
  ['no status', said('!', '[remote failure] (remote failed to report status)'), 1, '', 'lost'],
  ['disk full', said('!', '[remote rejected] (unpacker error)'), 1, '', 'lost'],
  ['check of the objects died', said('!', '[remote rejected] (missing necessary objects)'), 1, '', 'lost'],
  ['HTTP 403', '', 128, 'fatal: unable to access: The requested URL returned error: 403', 'denied'],
  ['cut off', '', 128, 'fatal: the remote end hung up unexpectedly', 'lost'],
  ['silent', '', 1, '', 'lost'],
  ['another ref', '!\ta:refs/heads/x/constraints-main\t[rejected] (stale info)\n', 1, '', 'lost'],
])('%s', (_, stdout, exitCode, stderr, kind) => {
  expect(pushReport(ref, { stdout, exitCode, stderr }).kind).toBe(kind);
});

it('gives the words of the server as the reason', () => {
  const stderr = 'remote: only on Mondays\nerror: failed to push';
  const report = pushReport(ref, { stdout: said('!', '[remote rejected] (hook declined)'), exitCode: 1, stderr });
  expect(report).toEqual({ kind: 'denied', reason: '[remote rejected] (hook declined)\nremote: only on Mondays' });
});

it('makes the words of the server harmless, also those in the porcelain itself', () => {
  const stdout = said('!', '\u001b[31m[remote rejected] (##vso[task.setvariable variable=x]\u202e)');
  expect(pushReport(ref, { stdout, exitCode: 1, stderr: '' })).toMatchObject({
    reason: '[remote rejected] (# #vso[task.setvariable variable=x])',
  });
});
