import { parsePorcelain, pushReport, type PushReport } from './porcelain';

const ref = 'refs/heads/constraints-main';
const said = (flag: string, summary: string) => `To /srv/git\n${flag}\tabc:${ref}\t${summary}\nDone\n`;

it('reads lines of refs and nothing else', () => {
  expect(parsePorcelain(said('!', '[rejected] (stale info)'))).toEqual([
    { flag: '!', destination: ref, summary: '[rejected] (stale info)' },
  ]);
  expect(parsePorcelain(`${said(' ', 'a..b')}${said('=', '[up to date]')}`)).toHaveLength(2);
  expect(parsePorcelain('')).toEqual([]);
  expect(parsePorcelain(`remote: !\tabc:${ref}\t[rejected]\n`)).toEqual([]);
});

const silence = 'git push ended with exit code 1 and without a word';
const forbidden = 'The requested URL returned error: 403';
const cutOff = 'fatal: the remote end hung up unexpectedly';
const elsewhere = '!\ta:refs/heads/x/constraints-main\t[rejected] (stale info)\n';

it.each<[string, string, number, string, PushReport]>([
  ['fast forward', said(' ', 'abc..def'), 0, '', { kind: 'accepted' }],
  ['new branch', said('*', '[new branch]'), 0, '', { kind: 'accepted' }],
  ['already there', said('=', '[up to date]'), 0, '', { kind: 'lost', reason: 'the branch held our commit already' }],
  ['accepted, but a non-zero exit', said(' ', 'a..b'), 1, cutOff, { kind: 'lost', reason: cutOff }],
  ['accepted, but a silent non-zero exit', said(' ', 'a..b'), 1, '', { kind: 'lost', reason: silence }],
  ['HTTP 403', '', 128, forbidden, { kind: 'denied', reason: forbidden }],
  ['cut off', '', 128, cutOff, { kind: 'lost', reason: cutOff }],
  ['silent', '', 1, '', { kind: 'lost', reason: silence }],
  ['another ref', elsewhere, 1, '', { kind: 'lost', reason: silence }],
])('%s', (_, stdout, exitCode, stderr, report) => {
  expect(pushReport(ref, { stdout, exitCode, stderr })).toEqual(report);
});

it.each<[string, PushReport['kind']]>([
  ['[rejected] (stale info)', 'lease-lost'],
  ['[rejected] (fetch first)', 'lease-lost'],
  ['[rejected] (non-fast-forward)', 'lease-lost'],
  ['[remote rejected] (incorrect old value provided)', 'lease-lost'],
  ['[remote rejected] (reference already exists)', 'lease-lost'],
  ['[remote rejected] (cannot lock ref: is at a1 but expected b2)', 'lease-lost'],
  ['[remote rejected] (cannot lock ref)', 'locked'],
  ['[remote rejected] (failed to update ref)', 'locked'],
  ['[remote rejected] (failed to lock)', 'locked'],
  ['[remote rejected] (Unable to create it: File exists)', 'locked'],
  ['[remote failure] (remote failed to report status)', 'lost'],
  ['[remote rejected] (unpacker error)', 'lost'],
  ['[remote rejected] (missing necessary objects)', 'lost'],
  ['[remote rejected] (unable to migrate objects to permanent storage)', 'lost'],
  ['[remote rejected] (Internal Server Error)', 'lost'],
  ['[remote rejected] (pre-receive hook declined)', 'denied'],
  ['[remote rejected] (protected branch hook declined)', 'denied'],
  ['[remote rejected] (what we expected)', 'denied'],
])('%s: %s', (summary, kind) => {
  expect(pushReport(ref, { stdout: said('!', summary), exitCode: 1, stderr: '' })).toEqual({ kind, reason: summary });
});

it.each<[string, string]>([
  ['[remote rejected] (failed to update ref)', "remote: error: cannot lock ref 'a/b': 'a' exists; cannot create 'a/b'"],
  ["[remote rejected] (cannot lock ref 'a': 'a/b' exists; cannot create 'a')", ''],
  ['[remote rejected] (refname conflict)', ''],
])('is denied where one name would lie inside the other: %s', (summary, stderr) => {
  expect(pushReport(ref, { stdout: said('!', summary), exitCode: 1, stderr }).kind).toBe('denied');
});

it('gives the words of the server as the reason', () => {
  const stderr = 'remote: only on Mondays\nerror: failed to push\nsaid remote: not';
  const report = pushReport(ref, { stdout: said('!', '[remote rejected] (hook declined)'), exitCode: 1, stderr });
  expect(report).toEqual({ kind: 'denied', reason: '[remote rejected] (hook declined)\nremote: only on Mondays' });
});

it('makes the words of the server harmless, also those in the porcelain itself', () => {
  const stdout = said('!', '\u001b[31m[remote rejected] (##vso[task.setvariable variable=x]\u202e)');
  expect(pushReport(ref, { stdout, exitCode: 1, stderr: '' })).toMatchObject({
    reason: '[remote rejected] (# #vso[task.setvariable variable=x])',
  });
});
