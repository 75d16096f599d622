/** A `.git` in the context: what programs that ask it for a version answer, its bytes, and when there is none to give. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitEnvironment } from '@nx-ci-cache/process/src/testing/git-environment';
import { testWorkspace } from '@nx-ci-cache/git/src/testing/workspace';
import { readSourceContext } from './source-context';
import { stagingIn } from './stage';
import { bytesBelow } from '../testing/bytes-below';

const parent = mkdtempSync(join(tmpdir(), 'ci-cache-git-dir-'));
const places = { context: '.', dockerfile: 'Dockerfile', gitDir: true };
const files = { Dockerfile: 'FROM scratch\n', 'a.txt': 'a\n', 'sub/b.txt': 'b\n', 'sub/Dockerfile': 'FROM scratch\n' };
const { commit, git, root } = testWorkspace();

commit({ ...files, 'a.txt': 'old\n' });
git('tag', '--annotate', '--message', 'one', 'v1.0');
const source = commit(files);
git('tag', 'light');
git('tag', '--annotate', '--message', 'later', 'v1.1', commit({ 'a.txt': 'later\n' }).commit);

afterAll(() => [parent, root].forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const clone = (...args: string[]): string => {
  const folder = mkdtempSync(join(parent, 'clone-'));
  execFileSync('git', ['clone', '--quiet', ...args, `file://${root}`, folder], { env: gitEnvironment });
  return folder;
};

it('answers as a clone does, and has no file of the past', async () => {
  const staged = await stagingIn(parent)(await readSourceContext(source, places));
  const asks = (...args: string[]) =>
    execFileSync('git', args, { cwd: staged, env: gitEnvironment, encoding: 'utf8', stdio: 'pipe' }).trim();
  expect(asks('describe', '--dirty', '--tags', '--long', '--match', 'v*')).toMatch(/^v1\.0-1-g[0-9a-f]+$/);
  expect(asks('describe', '--tags', '--exact-match')).toBe('light');
  expect(asks('status', '--porcelain')).toBe('');
  expect(asks('rev-list', '--count', 'HEAD')).toBe('2');
  expect(asks('rev-parse', 'HEAD')).toBe(source.commit);
  asks('clone', '--quiet', '.', join(parent, 'of-it'));
  expect(bytesBelow(join(parent, 'of-it'))).toMatchObject({ 'sub/b.txt': 'b\n' });
  expect(() => asks('cat-file', '-p', 'v1.0:a.txt')).toThrow();
});

it('is the same bytes from another clone, packed otherwise and on another branch', async () => {
  const [one, two] = [mkdtempSync(join(parent, 'one-')), mkdtempSync(join(parent, 'two-'))];
  const other = clone();
  execFileSync('git', ['repack', '-adq', '--depth=5'], { cwd: other, env: gitEnvironment });
  execFileSync('git', ['config', 'index.version', '4'], { cwd: other, env: gitEnvironment });
  const first = await stagingIn(one)(await readSourceContext(source, places));
  const second = await stagingIn(two)(await readSourceContext({ ...source, workspaceRoot: other }, places));
  expect(second.slice(two.length)).toBe(first.slice(one.length));
  expect(bytesBelow(second)).toEqual(bytesBelow(first));
});

it('has a digest of its own, of the commit and the tags within its history', async () => {
  const read = (from = source) => readSourceContext(from, places);
  const before = await read();
  expect(before.digest).toBe((await readSourceContext(source, { ...places, gitDir: false })).digest);
  git('commit', '--quiet', '--allow-empty', '--message', 'nothing');
  const next = await read({ ...source, commit: git('rev-parse', 'HEAD').trim() });
  expect(next.gitDir?.digest).not.toBe(before.gitDir?.digest);
  expect((await read()).gitDir?.digest).toBe(before.gitDir?.digest);
  git('tag', 'v1.0.1', source.commit);
  expect((await read()).gitDir?.digest).not.toBe(before.gitDir?.digest);
  git('tag', '--delete', 'v1.0.1');
});

it.each<[string, object, () => string, RegExp]>([
  ['a folder below the top', { context: 'sub' }, () => root, /^the context sub is not the top folder/],
  ['a workspace below the top', {}, () => join(root, 'sub'), /^the context \. is not the top folder/],
  ['a clone that was cut off', {}, () => clone('--depth=1'), /^"gitDir" asks for \.git, and the history/],
])('is refused for %s', async (_case, other, workspaceRoot, message) => {
  const at = { workspaceRoot: workspaceRoot(), commit: git('rev-parse', 'HEAD').trim() };
  await expect(readSourceContext(at, { ...places, ...other })).rejects.toMatchObject({
    code: 'OptionInvalid',
    message: expect.stringMatching(message),
  });
});

it('is refused where the ignore file excludes it', async () => {
  await expect(readSourceContext(commit({ '.dockerignore': '.git\n' }), places)).rejects.toMatchObject({
    message: expect.stringContaining('the ignore file of the context excludes .git'),
  });
});
