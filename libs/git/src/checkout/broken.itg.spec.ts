/** A git that is killed, ends without its answer or prints a part of it: an error of each reader, never a shorter answer. */
import { rmSync } from 'node:fs';
import { relationOf } from '../history/relation';
import { replaceGit, restoreGit } from '../testing/fake-git';
import { testWorkspace, type TestWorkspace } from '../testing/workspace';
import { checkout, type Checkout } from './checkout';
import { editedPaths, filesOf } from './files';
import { configOf, headOf, headRefOf, rootOf } from './head';
import { eachObject, textOf } from './objects';
import { entriesAt, treeOf } from './tree';

let workspace: TestWorkspace;
let commits: [string, string];
beforeAll(() => {
  workspace = testWorkspace();
  workspace.git('remote', 'add', 'origin', 'https://example.com/a.git');
  commits = [workspace.commit({ 'a.txt': 'a\n', 'b.txt': 'b\n' }).commit, workspace.commit({ 'c.txt': 'c\n' }).commit];
  workspace.write({ 'a.txt': 'edited\n' });
});
afterEach(restoreGit);
afterAll(() => rmSync(workspace.root, { recursive: true, force: true }));

const blobs = () => ['a.txt', 'b.txt'].map((path) => workspace.git('rev-parse', `${commits[0]}:${path}`).trim());

/** The git command a reader asks, and the reader. */
const readers: readonly (readonly [string, string, (git: Checkout) => Promise<unknown>])[] = [
  ['headOf', 'rev-parse', (git) => headOf(git, workspace.root)],
  ['headRefOf', 'symbolic-ref', headRefOf],
  ['rootOf', 'rev-parse', rootOf],
  ['configOf', 'config', (git) => configOf(git, 'remote.origin.url')],
  ['filesOf', 'ls-files', filesOf],
  ['editedPaths', 'rev-parse', (git) => editedPaths(git, commits[1], ['.'])],
  ['editedPaths', 'config', (git) => editedPaths(git, commits[1], ['.'])],
  ['editedPaths', 'diff', (git) => editedPaths(git, commits[1], ['.'])],
  ['treeOf', 'ls-tree', (git) => treeOf(git, commits[1])],
  ['entriesAt', 'ls-tree', (git) => entriesAt(git, commits[1], ['a.txt', 'b.txt'])],
  ['eachObject', 'cat-file', (git) => eachObject(git, blobs(), async () => undefined)],
  ['textOf', 'cat-file', (git) => textOf(git, String(blobs()[0]))],
  ['relationOf', 'merge-base', (git) => relationOf(commits[1], commits[0], git, [])],
];

const failed = { code: 'CommandFailed' };

it.each(readers)('%s: %s is killed half-way', async (_, word, read) => {
  replaceGit(workspace.root, word, 'git "$@" | head -c 5; kill -9 $$');
  await expect(read(checkout(workspace.root))).rejects.toMatchObject(failed);
});

it.each(readers)('%s: %s fails without a word', async (_, word, read) => {
  replaceGit(workspace.root, word, 'exit 127');
  await expect(read(checkout(workspace.root))).rejects.toMatchObject(failed);
});

it.each(readers.filter(([, word]) => word !== 'merge-base'))(
  '%s: %s prints a part, and exits with 0',
  async (_, word, read) => {
    replaceGit(workspace.root, word, 'git "$@" | head -c 5; exit 0');
    await expect(read(checkout(workspace.root))).rejects.toMatchObject(failed);
  },
);

/** Of the others nothing is an answer, too. */
const telling = ['headOf', 'headRefOf', 'rootOf', 'configOf', 'treeOf', 'eachObject', 'textOf'];

it.each(readers.filter(([name]) => telling.includes(name)))(
  '%s: %s prints nothing, and exits with 0',
  async (_, word, read) => {
    replaceGit(workspace.root, word, 'exec git "$@" >/dev/null');
    await expect(read(checkout(workspace.root))).rejects.toMatchObject(failed);
  },
);

it('ends when it is cancelled', async () => {
  replaceGit(workspace.root, 'ls-files', 'exec tail -f /dev/null');
  const controller = new AbortController();
  const files = filesOf(checkout(workspace.root, { signal: controller.signal }));
  controller.abort();
  await expect(files).rejects.toMatchObject({ ...failed, message: expect.stringContaining('cancelled') });
});
