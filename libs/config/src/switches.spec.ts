import { refuseUnknownWords } from './known-words';
import { mayBuild, readSwitches } from './switches';

const off = { dryRun: false, answer: false, force: false };
const seen = {
  sourceCommit: 'b'.repeat(40),
  startedAt: '2026-05-01T00:00:00.000Z',
  bases: { 'registry.example.com/python:3.13': `sha256:${'c'.repeat(64)}` },
};
const fromVariables = (environment: Record<string, string>) => readSwitches({ environment });
const fromFlags = (flags: Record<string, unknown>, environment = {}) => readSwitches({ flags, environment });

describe('readSwitches', () => {
  it('is all off by default', () => {
    expect(fromVariables({})).toEqual(off);
    expect(fromVariables({ CI_CACHE_DRY_RUN: '', CI_CACHE_ANSWER: 'no', CI_CACHE_UPGRADE: 'no' })).toEqual(off);
  });

  it.each([
    ['CI_CACHE_DRY_RUN', '1', { dryRun: true }],
    ['CI_CACHE_ANSWER', 'yes', { answer: true }],
    ['CI_CACHE_FORCE', 'true', { force: true }],
    ['CI_CACHE_CUTOFF', '2026-05-01T00:00:00Z', { cutoff: '2026-05-01T00:00:00Z' }],
    ['CI_CACHE_TAG', 'constraints-2.10.1', { tag: 'constraints-2.10.1' }],
    ['CI_CACHE_ONLY', 'ci-3.13-*, docs-*', { only: ['ci-3.13-*', 'docs-*'] }],
    ['CI_CACHE_CONSTRAINTS_COMMIT', 'a'.repeat(40), { constraintsCommit: 'a'.repeat(40) }],
    ['CI_CACHE_SEEN', JSON.stringify(seen), { seen }],
    ['CI_CACHE_UPGRADE', 'yes', { upgrade: true }],
    ['CI_CACHE_UPGRADE', 'urllib3, Zope.Interface', { upgrade: ['urllib3', 'Zope.Interface'] }],
  ])('reads %s=%s', (name, value, expected) => {
    expect(fromVariables({ [name]: value })).toEqual({ ...off, ...expected });
  });

  it.each([
    [{ 'dry-run': true }, { dryRun: true }],
    [{ dryRun: true }, { dryRun: true }],
    [{ answer: 'yes' }, { answer: true }],
    [{ force: false }, {}],
    [{ cutoff: '2026-05-01T00:00:00Z' }, { cutoff: '2026-05-01T00:00:00Z' }],
    [{ upgrade: true }, { upgrade: true }],
    [{ upgrade: ['urllib3', 'zope'] }, { upgrade: ['urllib3', 'zope'] }],
  ])('reads the flags %j', (flags, expected) => {
    expect(fromFlags(flags)).toEqual({ ...off, ...expected });
  });

  it('takes a flag before its variable', () => {
    expect(fromFlags({ answer: false }, { CI_CACHE_ANSWER: 'yes' })).toEqual(off);
    expect(fromFlags({ force: true }, { CI_CACHE_DRY_RUN: 'yes' })).toEqual({ ...off, force: true, dryRun: true });
  });

  it.each([
    ['CI_CACHE_UPGRADE', 'a>=1', /CI_CACHE_UPGRADE = "a>=1"\n {2}allowed: yes, no, or package names/],
    ['CI_CACHE_ONLY', 'ci 3.13', /allowed: names of legs/],
    ...[
      'yes',
      'null',
      JSON.stringify({ ...seen, sourceCommit: 'main' }),
      JSON.stringify({ ...seen, startedAt: 'now' }),
      JSON.stringify({ ...seen, bases: { a: 'latest' } }),
      JSON.stringify({ ...seen, bases: null }),
    ].map((text): [string, string, RegExp] => ['CI_CACHE_SEEN', text, /allowed: what plan\/seen\.json of the job/]),
    ['CI_CACHE_CONSTRAINTS_COMMIT', 'abc1234', /allowed: the whole id of a commit/],
    ['CI_CACHE_CONSTRAINTS_COMMIT', 'constraints-main', /allowed: the whole id of a commit/],
    ['CI_CACHE_TAG', 'v1', /CI_CACHE_TAG = "v1"\n {2}allowed: a tag of the form constraints-X\.Y\.Z/],
    ...['constraints-2.10.1final', 'constraints-123456.1.1', 'constraints-2.10.1rc1.post2'].map(
      (tag): [string, string, RegExp] => ['CI_CACHE_TAG', tag, /allowed: a tag of the form constraints-X\.Y\.Z/],
    ),
    ['CI_CACHE_DRY_RUN', 'maybe', /CI_CACHE_DRY_RUN = "maybe"\n {2}allowed: yes or no/],
    // Names every object has are no words of ours.
    ['CI_CACHE_ANSWER', 'constructor', /CI_CACHE_ANSWER = "constructor"\n {2}allowed: yes or no/],
    ['CI_CACHE_ANSWER', '__proto__', /allowed: yes or no/],
    ['CI_CACHE_CUTOFF', 'yesterday', /CI_CACHE_CUTOFF = "yesterday"\n {2}allowed: an instant/],
    ['CI_CACHE_CUTOFF', '2026-13-01T00:00:00Z', /allowed: an instant/],
  ])('refuses %s=%s', (name, value, message) => {
    expect(() => fromVariables({ [name]: value })).toThrow(message);
  });

  it('names the flag that is wrong', () => {
    expect(() => fromFlags({ answer: 'toString' })).toThrow(/^flag: --answer = "toString"\n {2}allowed: yes or no/);
  });
});

it.each([
  [undefined, true],
  [['ci-3.13-linux-amd64'], true],
  [['docs-*', 'ci-*-linux-amd64'], true],
  [['ci-3.13'], false],
  [['ci-3x13-*'], false],
  [['*-arm64'], false],
])('only %j lets ci-3.13-linux-amd64 be built: %s', (only, expected) => {
  expect(mayBuild('ci-3.13-linux-amd64', only === undefined ? {} : { only })).toBe(expected);
});

describe('refuseUnknownWords', () => {
  const known = { options: ['package'], configurations: ['{ "remote": "{env.CI_CACHE_REMOTE}" }'] };
  const refuse = (flags: Record<string, unknown>, environment: Record<string, string> = {}) =>
    refuseUnknownWords({ flags, environment }, known);

  it('lets pass what a switch, an option or a configuration reads, and what is not ours', () => {
    const environment = { CI_CACHE_REMOTE: 'x', CI_CACHE_UV: 'uv', CI_CACHE_FORCE: 'yes', CI: 'true', PATH: '' };
    expect(() => refuse({ 'dry-run': true, dryRun: true, package: 'urllib3' }, environment)).not.toThrow();
  });

  it.each([
    [{}, { CI_CACHE_DRYRUN: 'yes' }, /^environment: CI_CACHE_DRYRUN is read by nothing[^]*perhaps CI_CACHE_DRY_RUN/],
    [{}, { CI_CACHE_REMOT: 'x' }, /perhaps CI_CACHE_REMOTE/],
    [{}, { CI_CACHE_: 'x' }, /CI_CACHE_ is read by nothing/],
    [{ dryrun: true }, {}, /^flag: --dryrun is read by nothing[^]*perhaps --dry-run/],
    [{ _: ['extra'] }, {}, /^flag: --_ is read by nothing/],
  ])('refuses %j with %j', (flags, environment, message) => {
    expect(() => refuse(flags, environment)).toThrow(message);
  });
});
