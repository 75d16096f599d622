import type { StepContext } from '../context/context';
import { unanswered, unpublishable } from '../context/preview';
import { remoteAccess } from './remote-access';
import { targetBranch } from './target-branch';

const off = { dryRun: false, answer: false, force: false };
const ci = { CI: 'true' };
const proposal = { ...ci, GITHUB_EVENT_NAME: 'pull_request' };

describe('unanswered', () => {
  it.each([
    ['a CI', off, ci, undefined],
    ['a CI that sets no CI', off, { TF_BUILD: 'True' }, undefined],
    ['a person who answered yes', { ...off, answer: true }, {}, undefined],
    ['a person who did not answer', off, {}, 'CI_CACHE_ANSWER=yes'],
    ['a person whose shell says CI=false', off, { CI: 'false' }, 'CI_CACHE_ANSWER=yes'],
    ['a pull request, whoever says yes', { ...off, answer: true }, proposal, 'pull request'],
    ['a dry run, whoever says yes', { ...off, answer: true, dryRun: true }, ci, 'dry run'],
  ])('for %s', (_name, switches, environment, words) => {
    const reason = unanswered(switches, environment);
    if (words === undefined) expect(reason).toBeUndefined();
    else expect(reason).toContain(words);
  });
});

describe('unpublishable', () => {
  const ruled = { ruled: true, sourceBranch: 'main', otherCommit: undefined };

  it.each([
    ['a branch with a rule', ruled, undefined],
    ['a branch outside the rules', { ...ruled, ruled: false, sourceBranch: 'topic' }, 'covers branch topic'],
    ['a detached checkout', { ...ruled, ruled: false, sourceBranch: undefined }, 'covers a detached checkout'],
    [
      'the head of a proposal under an event of main',
      { ruled: false, sourceBranch: undefined, otherCommit: 'c0ffee' },
      'at commit c0ffee, but another one is checked out',
    ],
  ])('for %s', (_name, circumstances, words) => {
    const reason = unpublishable(circumstances);
    if (words === undefined) expect(reason).toBeUndefined();
    else expect(reason).toContain(words);
  });
});

describe('targetBranch', () => {
  const rules = [
    { from: 'v(\\d+)-(\\d+)-stable', to: 'constraints-$1-$2' },
    { from: 'main', to: 'constraints-main' },
  ];
  const place = { file: 'f', key: 'push.branches' };

  it.each([
    ['main', { branch: 'constraints-main', source: 'main', ruled: true }],
    ['v3-1-stable', { branch: 'constraints-3-1', source: 'v3-1-stable', ruled: true }],
    ['topic', { branch: 'constraints-main', source: 'main', ruled: false }],
    [undefined, { branch: 'constraints-main', source: 'main', ruled: false }],
  ])('of %s', (source, target) => {
    expect(targetBranch(rules, source, place)).toEqual(target);
  });

  it('is refused when no rule is plain', () => {
    expect(() => targetBranch(rules.slice(0, 1), 'topic', place)).toThrow(
      'no rule of push.branches in f covers the branch topic',
    );
  });
});

describe('remoteAccess', () => {
  const access = (ssh: object, environment = {}) =>
    remoteAccess({ config: { file: 'f', push: { ssh } }, environment } as unknown as StepContext);

  it('takes paths of keys from the configuration or from the environment', () => {
    expect(access({})).toEqual({});
    expect(access({ key: '{env.CI_CACHE_KEY}', knownHosts: '/hosts' }, { CI_CACHE_KEY: '/run/key' })).toEqual({
      ssh: { keyFile: '/run/key', knownHostsFile: '/hosts' },
    });
  });

  it('refuses a key in place of its path and does not show it', () => {
    const environment = { CI_CACHE_KEY: '-----BEGIN OPENSSH PRIVATE KEY-----\ncanary' };
    const read = () => access({ key: '{env.CI_CACHE_KEY}' }, environment);
    expect(read).toThrow(/f: push\.ssh\.key[^]*absolute path/);
    expect(read).not.toThrow(/canary/);
  });
});
