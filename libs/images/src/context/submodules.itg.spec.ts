/** Submodules of real repositories: the context holds what a recursive clone of the commit holds, or says what to fetch. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitEnvironment } from '@nx-ci-cache/process/src/testing/git-environment';
import { testWorkspace, type TestWorkspace } from '@nx-ci-cache/git/src/testing/workspace';
import { dirtyPaths } from './clean';
import type { Source } from './source';
import { readSourceContext } from './source-context';
import { stagingIn } from './stage';
import { bytesBelow } from '../testing/bytes-below';

const parent = mkdtempSync(join(tmpdir(), 'ci-cache-submodules-'));
const byFile = ['-c', 'protocol.file.allow=always'];
const places = { context: 'app', dockerfile: 'app/Dockerfile' };
const files = { 'app/Dockerfile': 'FROM scratch\n', 'app/a.txt': 'a\n' };

let inner: TestWorkspace;
let outer: TestWorkspace;
let workspace: TestWorkspace;
let source: Source;

/** A workspace with a submodule, under another name than its path, which has one of its own. */
beforeAll(() => {
  inner = testWorkspace();
  inner.commit({ 'i.txt': 'inner\n', '.gitattributes': '*.bat eol=crlf\n', 'run.bat': 'x\n' });
  outer = testWorkspace();
  outer.git(...byFile, 'submodule', '--quiet', 'add', inner.root, 'deep/inner');
  outer.commit({ 'o.txt': 'outer\n', 'docs/o.md': '' });
  workspace = testWorkspace();
  workspace.git(...byFile, 'submodule', '--quiet', 'add', '--name', 'the outer', outer.root, 'app/vendor/outer');
  source = workspace.commit(files);
});
beforeEach(() => void workspace.git(...byFile, 'submodule', '--quiet', 'update', '--init', '--recursive', '--force'));
afterAll(() =>
  [parent, inner, outer, workspace].forEach((made) =>
    rmSync(typeof made === 'string' ? made : made.root, { recursive: true, force: true }),
  ),
);

const read = (from = source) => readSourceContext(from, places);

it('holds the bytes of a recursive clone, from work trees and from what git keeps without them', async () => {
  const clone = join(parent, 'clone');
  const args = [...byFile, 'clone', '--quiet', '--recurse-submodules', workspace.root, clone];
  execFileSync('git', args, { env: gitEnvironment });
  const context = await read();
  const staged = await stagingIn(parent)(context);
  expect(bytesBelow(staged)).toEqual(bytesBelow(join(clone, 'app')));
  expect(bytesBelow(staged)).toMatchObject({
    'vendor/outer/o.txt': 'outer\n',
    'vendor/outer/deep/inner/run.bat': 'x\r\n',
  });
  rmSync(join(workspace.root, 'app/vendor'), { recursive: true });
  const kept = await read();
  expect(kept.digest).toBe(context.digest);
  const again = mkdtempSync(join(parent, 'again-'));
  expect(bytesBelow(await stagingIn(again)(kept))).toEqual(bytesBelow(staged));
});

it('follows the recorded commit, whatever is checked out', async () => {
  const { digest } = await read();
  outer.commit({ 'o.txt': 'newer\n' });
  workspace.git('-C', 'app/vendor/outer', ...byFile, 'pull', '--quiet', 'origin', 'main');
  expect((await read()).digest).toBe(digest);
  expect(await dirtyPaths(source, places, await read())).toEqual(['app/vendor/outer/o.txt']);
  source = workspace.commit({});
  expect((await read()).digest).not.toBe(digest);
});

it('takes edits within it for what they are, and none of what is excluded', async () => {
  const context = await read();
  expect(await dirtyPaths(source, places, context)).toEqual([]);
  const own = 'app/vendor/outer/deep/inner/i.txt';
  workspace.write({ [own]: 'edited\n', 'app/vendor/outer/new': '', 'app/vendor/outer/docs/o.md': 'edited' });
  const edited = ['app/vendor/outer/docs/o.md', 'app/vendor/outer/new', own];
  expect([...(await dirtyPaths(source, places, context))].sort()).toEqual([...edited].sort());
  const excluding = workspace.commit({ 'app/.dockerignore': 'vendor/outer/deep\nvendor/outer/new\n.dockerignore\n' });
  expect(await dirtyPaths(excluding, places, await read(excluding))).toEqual(['app/vendor/outer/docs/o.md']);
  rmSync(join(workspace.root, 'app/vendor/outer/new'));
});

it.each([
  ['', 'app/vendor/outer', '--init app/vendor/outer'],
  ['vendor\n!vendor/outer/o.txt\n', 'app/vendor/outer', '--init app/vendor/outer'],
  ['vendor/*\n', undefined, ''],
  ['vendor\n!other\n', undefined, ''],
])('that was not fetched is refused, unless %j excludes it', async (ignore, path, command) => {
  const clone = mkdtempSync(join(parent, 'shallow-'));
  execFileSync('git', ['clone', '--quiet', workspace.root, clone], { env: gitEnvironment });
  const from = commitIn(clone, ignore);
  if (path === undefined) return expect((await read(from)).files.map((file) => file.path)).not.toContain('vendor');
  return expect(read(from)).rejects.toMatchObject({
    ...{ code: 'OptionInvalid', message: expect.stringContaining(`the submodule ${path}, whose commit`) },
    remedy: expect.stringContaining(`git submodule update ${command} (in CI`),
  });
});

const commitIn = (folder: string, ignore: string): Source => {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, env: gitEnvironment, encoding: 'utf8' });
  writeFileSync(join(folder, 'app/.dockerignore'), ignore);
  git('add', 'app/.dockerignore');
  git('commit', '--quiet', '--allow-empty', '--message', 'ignore');
  return { workspaceRoot: folder, commit: git('rev-parse', 'HEAD').trim() };
};
