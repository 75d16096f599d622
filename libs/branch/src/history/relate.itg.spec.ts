/** How commits relate, against real git: a full checkout, one of depth 1, and a branch whose history was rewritten. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitEnvironment } from '@nx-ci-cache/process/src/testing/git-environment';
import { relating } from './relate';

const home = mkdtempSync(join(tmpdir(), 'ci-cache-relate-'));
const [remote, full, shallow] = ['remote.git', 'full', 'shallow'].map((name) => join(home, name)) as [
  string,
  string,
  string,
];
const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', args, { cwd, env: gitEnvironment, encoding: 'utf8' }).trim();
const commit = (title: string): string => {
  git(full, 'commit', '--quiet', '--allow-empty', '--message', title);
  return git(full, 'rev-parse', 'HEAD');
};

const [a = '', b = '', rewritten = ''] = (() => {
  git(home, 'init', '--quiet', '--bare', '--initial-branch=main', remote);
  git(remote, 'config', 'uploadpack.allowFilter', 'true');
  git(home, 'clone', '--quiet', `file://${remote}`, full);
  const first = commit('a');
  const second = commit('b');
  git(full, 'push', '--quiet', 'origin', 'HEAD:main');
  git(full, 'reset', '--quiet', '--hard', first);
  const third = commit('b again');
  git(home, 'clone', '--quiet', '--depth=1', `file://${remote}`, shallow);
  return [first, second, third];
})();

afterAll(() => rmSync(home, { recursive: true, force: true }));

const relate = (workspaceRoot: string, ours: string, url = `file://${remote}`) =>
  relating({ commit: ours, workspaceRoot, access: { url } });

it('says from a full checkout what is newer, older and unrelated', async () => {
  expect(await relate(full, b)(a)).toBe('newer');
  expect(await relate(full, a)(b)).toBe('older');
  expect(await relate(full, b)(b)).toBe('same');
  expect(await relate(full, rewritten)(b)).toBe('unrelated');
});

it('says the same from a checkout of depth 1, whose remote knows the rest', async () => {
  expect(await relate(shallow, b)(a)).toBe('newer');
  git(shallow, 'fetch', '--quiet', '--depth=1', 'origin', a);
  expect(await relate(shallow, a)(b)).toBe('older');
});

it('finds the source on its own remote when constraints live elsewhere', async () => {
  const other = join(home, 'other.git');
  git(home, 'init', '--quiet', '--bare', other);
  expect(await relate(shallow, b, `file://${other}`)(a)).toBe('newer');
});

it('does not know a commit that was never pushed', async () => {
  expect(await relate(shallow, b)('0123456789abcdef0123456789abcdef01234567')).toBe('unknown');
});
