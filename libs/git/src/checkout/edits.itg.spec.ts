/** A checkout as it is now, read as a commit; its repository, its index and its files stay as they are. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testWorkspace, type TestWorkspace } from '../testing/workspace';
import { checkout } from './checkout';
import { withEdits } from './edits';
import { textOf } from './objects';
import { treeOf } from './tree';

const { HOME } = process.env;
let workspace: TestWorkspace;
let home: string;
let head: string;

beforeEach(() => {
  workspace = testWorkspace();
  home = mkdtempSync(join(tmpdir(), 'ci-cache-home-'));
  head = workspace.commit({ 'a.txt': 'a\n', 'sub/b.txt': 'b\n', 'gone.txt': '', '.gitignore': 'ignored\n' }).commit;
});
afterEach(() => {
  process.env['HOME'] = HOME;
  for (const folder of [workspace.root, home]) rmSync(folder, { recursive: true, force: true });
});

const state = () =>
  [['status', '--porcelain'], ['count-objects', '-v'], ['for-each-ref'], ['ls-files', '--stage']].map((args) =>
    workspace.git(...args),
  );

const filesNow = (folder = workspace.root) => {
  const git = checkout(folder);
  return withEdits(git, head, async (edited) => {
    if (edited === undefined) return undefined;
    const reader = git.withObjects(edited.objects);
    const entries = await treeOf(reader, edited.commit, { recursive: true });
    const texts = await Promise.all(entries.map(async ({ path, oid }) => [path, await textOf(reader, oid)]));
    return { commit: edited.commit, files: Object.fromEntries(texts) as Record<string, string> };
  });
};

it('is nothing where nothing is edited, whatever is ignored', async () => {
  process.env['HOME'] = home;
  writeFileSync(join(home, '.gitconfig'), `[core]\n\texcludesFile = ${join(home, 'excludes')}\n`);
  writeFileSync(join(home, 'excludes'), 'mine\n');
  workspace.write({ ignored: 'i', 'sub/mine': 'm' });
  expect(await filesNow()).toBeUndefined();
});

it('holds what is edited, new and staged, and not what is gone', async () => {
  workspace.write({ 'a.txt': 'staged\n', 'sub/new.txt': 'new\n', ignored: 'i' });
  workspace.git('add', 'a.txt');
  workspace.write({ 'a.txt': 'edited\n' });
  rmSync(join(workspace.root, 'gone.txt'));
  const before = state();
  const expected = { 'a.txt': 'edited\n', 'sub/b.txt': 'b\n', 'sub/new.txt': 'new\n', '.gitignore': 'ignored\n' };
  const found = await filesNow();
  expect(found?.files).toEqual(expected);
  // All of the repository, from wherever in it; and the same edits are the same commit.
  expect(await filesNow(join(workspace.root, 'sub'))).toEqual(found);
  expect(state()).toEqual(before);
});
