/** Dockerfile and ignore files that are symbolic links are what the link names, in the commit and never outside it. */
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { testWorkspace, type TestWorkspace } from '@nx-ci-cache/git/src/testing/workspace';
import { dirtyPaths } from './clean';
import { readSourceContext } from './source-context';

const files = {
  'app/a.txt': 'a\n',
  'app/secret.txt': 'secret\n',
  'app/conf/ignore': 'secret.txt\nconf\n',
  'docker/Dockerfile': 'FROM scratch\n',
  'docker/ignore': 'a.txt\n',
};
let workspace: TestWorkspace;
afterEach(() => rmSync(workspace.root, { recursive: true, force: true }));

const committed = (links: Readonly<Record<string, string>>, below = '') => {
  workspace = testWorkspace();
  workspace.write(Object.fromEntries(Object.entries(files).map(([path, text]) => [below + path, text])));
  for (const [path, target] of Object.entries(links)) {
    mkdirSync(dirname(join(workspace.root, below, path)), { recursive: true });
    symlinkSync(target, join(workspace.root, below, path));
  }
  return { workspaceRoot: join(workspace.root, below), commit: workspace.commit({}).commit };
};
const read = async (
  links: Readonly<Record<string, string>>,
  dockerfile = 'app/Dockerfile',
  below = '',
): Promise<readonly [string, string[]]> => {
  const context = await readSourceContext(committed(links, below), { context: 'app', dockerfile });
  return [context.dockerfile, context.files.map(({ path }) => path)];
};
const all = ['a.txt', 'conf/ignore', 'secret.txt'];

it.each<[string, Readonly<Record<string, string>>, string, string[]]>([
  ['a Dockerfile', { 'app/Dockerfile': '../docker/Dockerfile' }, 'app/Dockerfile', ['Dockerfile', ...all]],
  [
    'a Dockerfile behind two links',
    { 'app/Dockerfile': './link', 'app/link': '../docker/Dockerfile' },
    'app/Dockerfile',
    ['Dockerfile', ...all.slice(0, 2), 'link', 'secret.txt'],
  ],
  ['a folder on the way', { build: 'docker' }, 'build/Dockerfile', all],
  ['.dockerignore', { 'app/.dockerignore': 'conf/ignore' }, 'docker/Dockerfile', ['.dockerignore', 'a.txt']],
  [
    'the ignore file of the Dockerfile',
    { 'docker/Dockerfile.dockerignore': 'ignore', 'app/.dockerignore': 'conf/ignore' },
    'docker/Dockerfile',
    ['.dockerignore', 'conf/ignore', 'secret.txt'],
  ],
])('follows %s', async (_what, links, dockerfile, paths) => {
  expect(await read(links, dockerfile)).toEqual(['FROM scratch\n', paths]);
});

it('follows a link within the repository, out of a workspace that is a folder of it', async () => {
  const source = committed({ 'app/Dockerfile': '../docker/Dockerfile', 'app/Other': '../../Other' }, 'mono/');
  const places = { context: 'app', dockerfile: 'app/Dockerfile' };
  expect((await readSourceContext(source, places)).dockerfile).toBe('FROM scratch\n');
  const { commit } = workspace.commit({ Other: 'FROM other\n' });
  const other = await readSourceContext({ ...source, commit }, { ...places, dockerfile: 'app/Other' });
  expect(other.dockerfile).toBe('FROM other\n');
});

it.each<[string, Readonly<Record<string, string>>, string]>([
  [
    'out of the repository',
    { 'app/Dockerfile': '../../etc/Dockerfile' },
    'app/Dockerfile leads out of the repository by the symbolic link app/Dockerfile → ../../etc/Dockerfile',
  ],
  [
    'to an absolute path',
    { 'app/Dockerfile': '../docker/Dockerfile', 'docker/Dockerfile.x': 'y', 'app/.dockerignore': '/etc/passwd' },
    'app/.dockerignore leads out of the repository by the symbolic link app/.dockerignore → /etc/passwd',
  ],
  [
    'round',
    { 'app/Dockerfile': 'Other', 'app/Other': 'Dockerfile' },
    'app/Dockerfile leads round by the symbolic link app/Dockerfile → Other',
  ],
  ['to nothing', { 'app/Dockerfile': 'none' }, 'app/Dockerfile is a symbolic link to app/none, which is not in commit'],
  ['to a folder', { 'app/Dockerfile': 'conf' }, 'app/Dockerfile is no file'],
  [
    'out of the context',
    { 'app/Dockerfile': '../docker/Dockerfile', 'app/.dockerignore': '../docker/ignore' },
    'app/.dockerignore is a symbolic link to docker/ignore, out of app, where BuildKit does not look',
  ],
])('refuses a link that leads %s', async (_how, links, message) => {
  await expect(read(links)).rejects.toMatchObject({
    code: 'OptionInvalid',
    message: expect.stringContaining(message),
    remedy: expect.stringMatching(/^Commit a file, or a link to one, as app\/(Dockerfile|\.dockerignore)\.$/),
  });
});

it('names an edit of what a link leads to, and of the link', async () => {
  const source = committed({ 'app/Dockerfile': '../docker/Dockerfile', 'app/.dockerignore': 'conf/ignore' });
  const places = { context: 'app', dockerfile: 'app/Dockerfile' };
  const context = await readSourceContext(source, places);
  workspace.write({ 'docker/Dockerfile': 'FROM x\n', 'app/conf/ignore': '', 'docker/ignore': 'no part of it' });
  expect(await dirtyPaths(source, places, context)).toEqual(['app/conf/ignore', 'docker/Dockerfile']);
  rmSync(join(workspace.root, 'app/Dockerfile'));
  symlinkSync('a.txt', join(workspace.root, 'app/Dockerfile'));
  expect(await dirtyPaths(source, places, context)).toContain('app/Dockerfile');
});

it('names an edit behind a folder that is a link', async () => {
  const source = committed({ build: 'docker' });
  const places = { context: 'app', dockerfile: 'build/Dockerfile' };
  const context = await readSourceContext(source, places);
  workspace.write({ 'docker/Dockerfile': 'FROM x\n' });
  expect(await dirtyPaths(source, places, context)).toEqual(['docker/Dockerfile']);
});
