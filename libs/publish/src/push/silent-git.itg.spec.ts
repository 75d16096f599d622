/** A git that does its work, exits with 0, and whose answer never arrives: git ignores that a pipe did not take it. */
import { replaceGit, restoreGit } from '../testing/fake-git';
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
