/** What files were before, in whatever way history went, and commits by their age. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { gitEnvironment } from '@nx-ci-cache/process/src/testing/git-environment';
import { checkout } from '../checkout/checkout';
import { replaceGit, restoreGit } from '../testing/fake-git';
import { testWorkspace, type TestWorkspace } from '../testing/workspace';
import { newestFirst, versionsOf } from './versions';

let workspace: TestWorkspace;
beforeEach(() => (workspace = testWorkspace()));
afterEach(() => {
  restoreGit();
  rmSync(workspace.root, { recursive: true, force: true });
});

const git = () => checkout(workspace.root);
const none = 'f'.repeat(40);

it('gives each content of some files once, the newest first, of both sides of a merge', async () => {
  workspace.commit({ 'a/*.json': 'one', other: '1' });
  workspace.commit({ other: '2' });
  workspace.git('checkout', '-q', '-b', 'side');
  workspace.commit({ 'a/*.json': 'side' });
  workspace.commit({ 'a/*.json': 'one' });
  workspace.git('checkout', '-q', 'main');
  workspace.commit({ b: 'b' });
  workspace.git('merge', '-q', '--no-edit', 'side');
  const { commit } = workspace.commit({ 'a/*.json': 'two', 'a/x.json': 'none of them' });
  const versions = await versionsOf(git(), commit, ['a/*.json', 'b']);
  expect(versions[0]).toEqual({ 'a/*.json': 'two', b: 'b' });
  expect(versions).toHaveLength(4);
  expect(versions).toEqual(
    expect.arrayContaining([{ 'a/*.json': 'one', b: 'b' }, { 'a/*.json': 'side' }, { 'a/*.json': 'one' }]),
  );
  expect(await versionsOf(git(), commit, ['nowhere'])).toEqual([]);
});

/** An empty commit of that time. */
const madeAt = (time: string): string => {
  const env = { ...gitEnvironment, GIT_COMMITTER_DATE: time };
  execFileSync('git', ['commit', '-q', '--allow-empty', '-m', time], { cwd: workspace.root, env });
  return workspace.git('rev-parse', 'HEAD').trim();
};

it('sorts the commits it has by the time they were made, and leaves out what it has not', async () => {
  workspace.commit({ text: '1' });
  const oldest = madeAt('2026-01-01T00:00:00Z');
  workspace.git('checkout', '-q', '-b', 'side');
  const middle = madeAt('2026-01-02T00:00:00Z');
  workspace.git('checkout', '-q', 'main');
  const newest = madeAt('2026-01-03T00:00:00Z');
  // Of a machine whose clock is behind.
  const last = madeAt('2026-01-01T00:00:00Z');
  const blob = workspace.git('rev-parse', 'HEAD:text').trim();
  expect(await newestFirst(git(), [middle, none, oldest, blob, newest])).toEqual([newest, middle, oldest]);
  expect(await newestFirst(git(), [newest, oldest, last])).toEqual([last, newest, oldest]);
  expect(await newestFirst(git(), [none])).toEqual([]);
  expect(await newestFirst(git(), [])).toEqual([]);
});

it.each(['rev-list', 'cat-file'])('takes no lost answer of %s for a shorter one', async (word) => {
  const { commit } = workspace.commit({ a: '1' });
  replaceGit(workspace.root, word, 'exec git "$@" >/dev/null');
  const failed = { code: 'CommandFailed' };
  await expect(newestFirst(git(), [commit])).rejects.toMatchObject(failed);
  await expect(versionsOf(git(), commit, ['a'])).rejects.toMatchObject(failed);
});
