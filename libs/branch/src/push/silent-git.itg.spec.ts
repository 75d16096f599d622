/** A git that does its work, exits with 0, and whose answer never arrives: git ignores that a pipe did not take it. */
import { readCommitFiles } from '../observation/commit-files';
import { replaceGit, restoreGit } from '@nx-ci-cache/git/src/testing/fake-git';
import { leftovers, makeWorld, type World } from '../testing/world';
import { publishFiles } from './publish';

let world: World;
beforeEach(() => {
  world = makeWorld();
});
afterEach(() => {
  restoreGit();
  world.remove();
  expect(leftovers()).toEqual([]);
});

it.each([
  ['hash-object', 'exec git "$@" >/dev/null'],
  ['write-tree', 'exec git "$@" >/dev/null'],
  ['commit-tree', 'exec git "$@" >/dev/null'],
  ['ls-tree', 'exec git "$@" >/dev/null'],
  ['ls-tree', 'git "$@" | head -c 60; exit'],
])('%s, %s: an error, and the branch is as it was', async (word, instead) => {
  const { newCommit } = await publishFiles(world.request());
  replaceGit(world.folder, word, instead);
  const failure = publishFiles(world.request({ files: { 'a-3.11.txt': 'one==2.0\n' } }));
  await expect(failure).rejects.toMatchObject({ code: 'CommandFailed', message: expect.stringContaining(word) });
  expect(world.tip()).toBe(newCommit);
  expect(world.remoteGit('rev-list', '--count', 'constraints-main')).toBe('1');
});

it('rev-list: an error, and no older run', async () => {
  const run = (at: 0 | 2, version: number) =>
    world.request({
      files: { 'a-3.11.txt': `one==${version}\n` },
      source: { commit: world.sources[at], cutoff: '2026-05-01T00:00:00Z' },
    });
  await publishFiles(run(2, 3));
  world.otherWriter('README.md', 'x\n');
  replaceGit(world.folder, 'rev-list', 'exec git "$@" >/dev/null');
  await expect(publishFiles(run(0, 1))).rejects.toMatchObject({
    code: 'CommandFailed',
    message: expect.stringContaining('rev-list'),
  });
  expect(world.show('a-3.11.txt')).toBe('one==3');
});

it.each(['exec git "$@" >/dev/null', 'git "$@" | head -c 4; exit'])(
  'cat-file, %s: an error, and no file with less in it',
  async (instead) => {
    const { newCommit } = await publishFiles(world.request());
    replaceGit(world.folder, '--batch', instead);
    const files = readCommitFiles(world.remote, String(newCommit), ['a-3.11.txt']);
    await expect(files).rejects.toMatchObject({ code: 'CommandFailed', message: expect.stringContaining('cat-file') });
  },
);
