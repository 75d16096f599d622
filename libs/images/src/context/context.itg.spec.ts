/** Contexts of real commits: what is in them, what they are called, and what is refused. */
import { lstatSync, mkdtempSync, readFileSync, readlinkSync, rmSync, symlinkSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { testWorkspace } from '@nx-ci-cache/git/src/testing/workspace';
import { dirtyPaths, refuseDirty } from './clean';
import type { Source } from './source';
import { readSourceContext } from './source-context';
import { stagingIn, stageDockerfile, stageTexts } from './stage';

const places = { context: 'app', dockerfile: 'app/Dockerfile' };
const files = { 'app/Dockerfile': 'FROM scratch\n', 'app/a.txt': 'a\n', 'app/sub/b.txt': 'b\n', 'other/c.txt': 'c\n' };
const parent = mkdtempSync(join(tmpdir(), 'ci-cache-stage-'));
const stage = stagingIn(parent);
const workspaces: string[] = [];
const workspace = () => {
  const made = testWorkspace();
  workspaces.push(made.root);
  return made;
};
const digest = async (source: Source) => (await readSourceContext(source, places)).digest;

afterAll(() => [parent, ...workspaces].forEach((folder) => rmSync(folder, { recursive: true, force: true })));

it('holds the files of the commit, whatever the working tree says', async () => {
  const { commit, write } = workspace();
  const source = commit(files);
  const before = await readSourceContext(source, places);
  expect(before.files.map(({ path }) => path)).toEqual(['Dockerfile', 'a.txt', 'sub/b.txt']);
  write({ 'app/a.txt': 'edited', 'app/Dockerfile': 'FROM x' });
  expect(await readSourceContext(source, places)).toMatchObject({
    digest: before.digest,
    dockerfile: 'FROM scratch\n',
  });
});

it('has a digest of paths, modes and contents of included files only', async () => {
  const { commit, root } = workspace();
  const first = await digest(commit(files));
  expect(await digest(commit({ 'other/c.txt': 'changed' }))).toBe(first);
  const edited = await digest(commit({ 'app/a.txt': 'b\n' }));
  expect(edited).not.toBe(first);
  chmodSync(join(root, 'app/a.txt'), 0o755);
  expect(await digest(commit({}))).not.toBe(edited);
  const ignoring = await digest(commit({ 'app/.dockerignore': 'sub\n.dockerignore\n' }));
  expect(await digest(commit({ 'app/sub/b.txt': 'ignored' }))).toBe(ignoring);
});

it("prefers the Dockerfile's own ignore file", async () => {
  const { commit } = workspace();
  const source = commit({ ...files, 'app/.dockerignore': 'a.txt\n', 'app/Dockerfile.dockerignore': 'sub\n' });
  const { files: kept } = await readSourceContext(source, places);
  expect(kept.map(({ path }) => path)).toEqual(['.dockerignore', 'Dockerfile', 'Dockerfile.dockerignore', 'a.txt']);
});

it('works in a workspace that is a folder of the repository', async () => {
  const { commit, root, write } = workspace();
  const { commit: id } = commit(
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`mono/${path}`, text])),
  );
  const source = { workspaceRoot: join(root, 'mono'), commit: id };
  const context = await readSourceContext(source, places);
  expect(context.files.map(({ path }) => path)).toEqual(['Dockerfile', 'a.txt', 'sub/b.txt']);
  write({ 'mono/app/a.txt': 'edited', 'app/a.txt': 'elsewhere' });
  expect(await dirtyPaths(source, places, context)).toEqual(['app/a.txt']);
});

it('is staged with normalised modes under a name that holds its digest', async () => {
  const { commit, root } = workspace();
  commit({ ...files, 'app/run.sh': '#!/bin/sh\n' });
  chmodSync(join(root, 'app/run.sh'), 0o755);
  symlinkSync('sub/b.txt', join(root, 'app/link'));
  const source = commit({});
  const context = await readSourceContext(source, places);
  const mask = process.umask(0o077);
  const staged = await stage(context).finally(() => process.umask(mask));
  expect(basename(staged)).toBe(`context-${context.digest.replace('sha256:', '')}`);
  const modes = ['.', 'sub', 'a.txt', 'run.sh'].map((path) => (lstatSync(join(staged, path)).mode & 0o777).toString(8));
  expect(modes).toEqual(['755', '755', '644', '755']);
  expect(readlinkSync(join(staged, 'link'))).toBe('sub/b.txt');
  expect(readFileSync(join(staged, 'sub/b.txt'), 'utf8')).toBe('b\n');
});

it('stages texts and Dockerfiles under other names when they differ', async () => {
  const [one, two] = [
    await stageTexts('constraints', { a: '1' }, parent),
    await stageTexts('constraints', { a: '2' }, parent),
  ];
  expect(basename(one)).toMatch(/^constraints-[0-9a-f]{64}$/);
  expect(two).not.toBe(one);
  expect(await stageDockerfile('FROM a', parent)).not.toBe(await stageDockerfile('FROM b', parent));
});

it('names local edits and new files, and only those of the image', async () => {
  const { commit, write, git } = workspace();
  const source = commit({ ...files, '.gitignore': 'dist/\n*.log\n', 'app/.dockerignore': 'notes/\n' });
  const context = await readSourceContext(source, places);
  write({ 'other/c.txt': 'x', 'app/x.log': 'x', 'app/notes/n': 'x', 'dist/app/y': 'y' });
  await expect(refuseDirty(source, places, context)).resolves.toBeUndefined();
  write({ 'app/Dockerfile': 'FROM x', 'app/new.txt': 'n', 'app/sub/b.txt': 'x' });
  git('add', 'app/sub/b.txt');
  await expect(refuseDirty(source, places, context)).rejects.toMatchObject({
    code: 'OptionInvalid',
    remedy: expect.stringContaining('Commit them first'),
    data: { paths: ['app/Dockerfile', 'app/new.txt', 'app/sub/b.txt'] },
  });
});

it.each([
  ['misspelt', 'ap', 'the context ap is not in commit HEAD', /^Commit ap first, or correct its path in/],
  [
    'given from the workspace',
    'app/{workspaceRoot}/other',
    /^the context app\/\{workspaceRoot\}\/other is not in /,
    /^Commit/,
  ],
  ['a file', 'other/c.txt', 'the context other/c.txt is a file and no folder of this repository', /^Name the folder/],
  ['a link', 'linked', 'the context linked is a symbolic link and no folder of this repository', /^Name the folder/],
  [
    'of another repository',
    'vendor',
    'the context vendor is a submodule and no folder of this repository',
    /^Name the f/,
  ],
])(
  'says of a context that is %s what is wrong, and not in the words of git',
  async (_how, context, message, remedy) => {
    const { commit, git, root } = workspace();
    symlinkSync('app', join(root, 'linked'));
    commit(files);
    git('update-index', '--add', '--cacheinfo', `160000,${git('rev-parse', 'HEAD').trim()},vendor`);
    git('commit', '--quiet', '--message', 'submodule');
    await expect(
      readSourceContext({ workspaceRoot: root, commit: 'HEAD' }, { ...places, context }),
    ).rejects.toMatchObject({
      ...{ code: 'OptionInvalid', message: expect.stringMatching(message), remedy: expect.stringMatching(remedy) },
    });
  },
);

it.each(['', 'mono/'])('may be the whole workspace, in the folder "%s" of the repository', async (folder) => {
  const { commit, root, write } = workspace();
  const named = (all: Record<string, string>) =>
    Object.fromEntries(Object.entries(all).map(([path, text]) => [`${folder}${path}`, text]));
  const whole = { context: '.', dockerfile: 'app/Dockerfile' };
  const workspaceRoot = join(root, folder);
  const at = (all: Record<string, string>): Source => ({ ...commit(named(all)), workspaceRoot });
  const source = at({ ...files, '.dockerignore': 'other\n' });
  const context = await readSourceContext(source, whole);
  expect(context.files.map(({ path }) => path)).toEqual([
    '.dockerignore',
    'app/Dockerfile',
    'app/a.txt',
    'app/sub/b.txt',
  ]);
  write(named({ 'other/c.txt': 'edited', 'dist/x': 'made', '.nx/cache/x': 'made' }));
  expect(await dirtyPaths(source, whole, context)).toEqual([]);
  write(named({ 'app/a.txt': 'edited', new: '' }));
  expect(await dirtyPaths(source, whole, context)).toEqual(['app/a.txt', 'new']);
  const staged = await stage(context);
  expect(readFileSync(join(staged, 'app/a.txt'), 'utf8')).toBe('a\n');
  rmSync(join(workspaceRoot, 'new'));
  for (const made of ['dist', '.nx']) rmSync(join(workspaceRoot, made), { recursive: true });
  const excluded = at({ 'app/a.txt': 'a\n', 'other/c.txt': 'changed' });
  expect((await readSourceContext(excluded, whole)).digest).toBe(context.digest);
});

it('has contexts besides, each with its own digest, ignore file and local edits', async () => {
  const { commit, write } = workspace();
  const ignoring = { 'libs/shared/.dockerignore': 'out\n', 'app/Dockerfile.dockerignore': 's.txt\n' };
  const source = commit({ ...files, ...ignoring, 'libs/shared/s.txt': 's\n', 'libs/shared/out': '' });
  const several = { ...places, contexts: { shared: 'libs/shared', same: 'libs/shared' } };
  const context = await readSourceContext(source, several);
  const { shared } = context.named;
  expect(shared?.files.map(({ path }) => path)).toEqual(['.dockerignore', 's.txt']);
  expect(context.digest).toBe((await readSourceContext(source, places)).digest);
  const folders = [];
  for (const [name, each] of Object.entries(context.named)) folders.push(await stage(each, `context-${name}`));
  expect(folders.map((folder) => basename(folder))).toEqual(
    ['shared', 'same'].map((name) => `context-${name}-${shared?.digest.replace('sha256:', '')}`),
  );
  write({ 'libs/shared/s.txt': 'edited', 'libs/shared/out': 'edited', 'libs/other': '' });
  expect(await dirtyPaths(source, several, context)).toEqual(['libs/shared/s.txt']);
  await expect(readSourceContext(source, { ...places, contexts: { shared: 'libs/none' } })).rejects.toMatchObject({
    message: expect.stringMatching(/^the context libs\/none is not in /),
  });
});

it.each(['app/', './app', 'app/.', 'app/sub/..'])('takes %s for the folder it is', async (context) => {
  const source = workspace().commit(files);
  expect((await readSourceContext(source, { ...places, context })).files).toHaveLength(3);
});

it('refuses a submodule and a Dockerfile that is not in the commit', async () => {
  const { commit, git, root } = workspace();
  commit(files);
  await expect(
    readSourceContext({ workspaceRoot: root, commit: 'HEAD' }, { ...places, dockerfile: 'app/None' }),
  ).rejects.toMatchObject({ code: 'OptionInvalid', data: { path: 'app/None' } });
  git('update-index', '--add', '--cacheinfo', `160000,${git('rev-parse', 'HEAD').trim()},app/vendor`);
  git('commit', '--quiet', '--message', 'submodule');
  const source = { workspaceRoot: root, commit: git('rev-parse', 'HEAD').trim() };
  await expect(readSourceContext(source, places)).rejects.toMatchObject({ data: { path: 'app/vendor' } });
});
