/** Reading the outside world with real git, and a user configuration full of traps. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishFiles } from '../push/publish';
import { remoteUrl } from '../source/remote-url';
import { detectSource } from '../source/source';
import { branch, gitIn, leftovers, makeWorld, type World } from '../testing/world';
import { readCommitFiles } from './commit-files';
import { observeBranch } from './refs';

let world: World;
const environment = { ...process.env };
beforeEach(() => {
  world = makeWorld();
});
afterEach(() => {
  process.env = { ...environment };
  world.remove();
  expect(leftovers()).toEqual([]);
});

const place = { file: 'ci-cache.json', key: 'push.remote' };

describe('observeBranch', () => {
  it('knows the exact branch from one whose name ends alike', async () => {
    world.remoteGit('update-ref', `refs/heads/x/${branch}`, world.sources[0]);
    expect(await observeBranch(world.remote, branch)).toBeNull();
    const { newCommit } = await publishFiles(world.request());
    expect(await observeBranch(world.remote, branch)).toBe(newCommit);
  });

  it('never takes an unreachable remote for an empty one', async () => {
    await expect(observeBranch(`${world.remote}-none`, branch)).rejects.toMatchObject({ code: 'CommandFailed' });
    await expect(observeBranch('http://127.0.0.1:9/x', branch)).rejects.toMatchObject({ code: 'CommandFailed' });
  });
});

it.each(['empty', 'with the branch'])('a remote of SHA-256 objects is refused at once, %s', async (state) => {
  const remote = join(world.folder, 'sha256.git');
  const checkout = join(world.folder, 'sha256');
  gitIn(world.folder)('init', '-q', '--bare', '--object-format=sha256', remote);
  gitIn(world.folder)('init', '-q', '--object-format=sha256', '-b', branch, checkout);
  gitIn(checkout)('commit', '-q', '--allow-empty', '-m', 'one');
  if (state !== 'empty') gitIn(checkout)('push', '-q', remote, branch);
  const source = { commit: gitIn(checkout)('rev-parse', 'HEAD'), cutoff: '2026-05-01T00:00:00Z' };
  const refused = { code: 'PushRefused', message: expect.stringContaining('SHA-256') };
  await expect(publishFiles(world.request({ remote, source, workspaceRoot: checkout }))).rejects.toMatchObject(refused);
  await expect(observeBranch(remote, branch)).rejects.toMatchObject(refused);
});

describe('readCommitFiles', () => {
  it('gives the files and the message of exactly that commit, also when the branch went on', async () => {
    const { newCommit } = await publishFiles(world.request());
    await publishFiles(world.request({ files: { 'a-3.11.txt': 'one==2.0\n', 'b.txt': 'x==1\n' } }));
    const read = await readCommitFiles(world.remote, String(newCommit), ['a-3.11.txt', 'b.txt']);
    expect(read.files).toEqual({ 'a-3.11.txt': 'one==1.0\n' });
    expect(read.trailers).toMatchObject({ 'Source-Commit': [world.sources[1]], 'Cut-Off': ['2026-05-01T00:00:00Z'] });
  });

  it('works with a server that knows no filters', async () => {
    const { newCommit } = await publishFiles(world.request());
    world.remoteGit('config', 'uploadpack.allowFilter', 'false');
    expect((await readCommitFiles(world.remote, String(newCommit), ['a-3.11.txt'])).files).toEqual({
      'a-3.11.txt': 'one==1.0\n',
    });
    expect((await publishFiles(world.request({ files: { 'a-3.11.txt': 'one==2\n' } }))).result).toBe('pushed');
  });

  it.each(['--index-url https://evil.example/simple', '# \u202e hidden', 'one==1.0\u0007'])(
    'gives a file with the line %j as it is, and the next push takes that line away',
    async (line) => {
      await publishFiles(world.request());
      const text = `one==1.0\n${line}\n`;
      const tip = world.otherWriter('a-3.11.txt', text);
      expect((await readCommitFiles(world.remote, tip, ['a-3.11.txt'])).files).toEqual({ 'a-3.11.txt': text });
      expect((await publishFiles(world.request())).result).toBe('pushed');
      expect(world.show('a-3.11.txt')).toBe('one==1.0');
    },
  );

  it('never takes a commit that is not there for an empty one', async () => {
    await publishFiles(world.request());
    await expect(readCommitFiles(world.remote, 'f'.repeat(40), [])).rejects.toMatchObject({ code: 'CommandFailed' });
  });
});

it.each([
  ['no mail', 'Old Bot 1700000000 +0000'],
  ['a time zone of its own', 'Old Bot <old@example.com> 1700000000 +051800'],
])('a commit of an old import whose author has %s: told what to do as the tip, read below it', async (_, author) => {
  const newer = world.request({ source: { ...world.request().source, commit: world.sources[2] } });
  await publishFiles(newer);
  const file = join(world.folder, 'commit');
  writeFileSync(file, `${world.remoteGit('cat-file', 'commit', branch)}\n`.replace(/^author .*$/m, `author ${author}`));
  const imported = world.remoteGit('hash-object', '-t', 'commit', '-w', '--literally', file);
  world.remoteGit('update-ref', `refs/heads/${branch}`, imported);
  const files = { 'a-3.11.txt': 'one==2\n' };
  await expect(publishFiles({ ...newer, files })).rejects.toMatchObject({
    code: 'CommandFailed',
    message: expect.stringContaining(imported),
    remedy: expect.stringContaining('put a commit of your own on top'),
  });
  world.otherWriter('README.md', 'on top\n');
  expect((await publishFiles(world.request({ files }))).result).toBe('superseded');
  expect((await publishFiles({ ...newer, files })).result).toBe('pushed');
});

describe('detectSource and remoteUrl', () => {
  it('read the checkout, and ask the CI only when it is detached', async () => {
    const told = { GITHUB_REF_NAME: 'told', GITHUB_REF_TYPE: 'branch' };
    expect(await detectSource(world.checkout, told)).toEqual({
      commit: world.sources[2],
      branch: 'main',
      ci: false,
      pullRequest: false,
    });
    gitIn(world.checkout)('checkout', '-q', '--detach', 'HEAD~1');
    expect(await detectSource(world.checkout, told)).toMatchObject({ commit: world.sources[1], branch: 'told' });
    expect(await detectSource(world.checkout, {})).toEqual({ commit: world.sources[1], ci: false, pullRequest: false });
    await expect(detectSource(world.folder, {})).rejects.toMatchObject({ code: 'CommandFailed' });
  });

  it('look a name up, and name .git/config when the URL there holds a password', async () => {
    expect(await remoteUrl(world.checkout, 'origin', place)).toBe(world.remote);
    expect(await remoteUrl(world.checkout, 'https://example.com/a', place)).toBe('https://example.com/a');
    gitIn(world.checkout)('config', 'remote.runner.url', 'https://gitlab-ci-token:canary@example.com/a.git');
    expect(await remoteUrl(world.checkout, 'runner', place)).toBe('https://example.com/a.git');
    await expect(remoteUrl(world.checkout, 'none', place)).rejects.toMatchObject({
      message: 'this checkout has no remote "none", only origin, runner',
      remedy: expect.stringMatching(
        /^Add it: git remote add none <URL>; .+ push\.remote of .+ \(default: "origin"\)\.$/,
      ),
    });
    gitIn(world.checkout)('remote', 'add', 'secret', 'https://bot:canary-canary@example.com/a');
    await expect(remoteUrl(world.checkout, 'secret', place)).rejects.toThrow(/\.git\/config: remote\.secret\.url/);
    await expect(remoteUrl(world.checkout, 'secret', place)).rejects.not.toThrow(/canary/);
  });
});

it('is not moved by a poisoned configuration, global or in the checkout', async () => {
  const trap = join(world.folder, 'sprung');
  const hooks = join(world.folder, 'hooks');
  mkdirSync(hooks);
  for (const hook of ['pre-push', 'reference-transaction', 'post-index-change']) {
    writeFileSync(join(hooks, hook), `#!/bin/sh\ntouch ${trap}\nexit 1\n`, { mode: 0o755 });
  }
  const poison = [
    `[core]\n hooksPath = ${hooks}\n fsmonitor = touch ${trap}\n sshCommand = touch ${trap}\n askPass = touch ${trap}\n autocrlf = true`,
    `[url "${world.folder}/elsewhere"]\n pushInsteadOf = ${world.remote}\n insteadOf = ${world.remote}`,
    `[commit]\n gpgSign = true\n[gpg]\n program = touch ${trap}\n[push]\n gpgSign = true\n followTags = true`,
    `[filter "x"]\n clean = touch ${trap}\n[core]\n attributesFile = ${world.folder}/attributes`,
    `[credential]\n helper = !touch ${trap}\n[protocol]\n allow = never\n[user]\n name = Evil`,
  ].join('\n');
  writeFileSync(join(world.folder, '.gitconfig'), poison);
  writeFileSync(join(world.folder, 'attributes'), '* filter=x\n');
  Object.assign(process.env, {
    HOME: world.folder,
    XDG_CONFIG_HOME: world.folder,
    GIT_CONFIG_GLOBAL: join(world.folder, '.gitconfig'),
    GIT_CONFIG_PARAMETERS: `'core.hooksPath=${hooks}'`,
    GIT_DIR: '/nonexistent',
    GIT_INDEX_FILE: '/nonexistent/index',
    GIT_OBJECT_DIRECTORY: '/nonexistent/objects',
    GIT_SSH_COMMAND: `touch ${trap}`,
    GIT_TEMPLATE_DIR: hooks,
    GIT_AUTHOR_NAME: 'Evil',
  });
  expect((await publishFiles(world.request())).result).toBe('pushed');
  const files = { 'a-3.11.txt': 'one==2.0\n' };
  expect((await publishFiles(world.request({ files }))).result).toBe('pushed');
  expect(world.remoteGit('log', '-1', '--format=%an', branch)).toBe('Test Bot');
  expect(world.show('a-3.11.txt')).toBe('one==2.0');
  expect(existsSync(trap)).toBe(false);
});
