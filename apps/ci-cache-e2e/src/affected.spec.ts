import { join } from 'node:path';
import { drawn } from '@nx-ci-cache/process/src/testing/sample';
import { makeTemplate } from './support/template';
import { e2eFolder, e2eStack, Workspace } from './support/workspace';

const image = (name: string, more: object = {}) => ({
  dockerfile: 'image/Dockerfile',
  context: 'image',
  repository: `registry.example.com/${name}/python{python}`,
  cache: `registry.example.com/${name}/cache:{python}`,
  ...more,
});

const config = (mode: string, requirements: readonly unknown[], more: object = {}) => ({
  pythons: ['3.13'],
  constraints: { modes: { [mode]: { requirements, constraints: more['constraints' as never] ?? [] } } },
  push: { branches: [{ from: 'main', to: `constraints-${mode}` }], gates: ['api:test'] },
  ...('images' in more && { images: more.images }),
});

const app = config(
  'core',
  ['core.in', '{workspaceRoot}/libs/lib/all.in', { pyproject: '{workspaceRoot}/libs/py/pyproject.toml' }],
  { constraints: ['{workspaceRoot}/shared/limits.txt'], images: { ci: image('app') } },
);

const files: Readonly<Record<string, unknown>> = {
  'app/project.json': { name: 'app' },
  'app/ci-cache.json': app,
  'sp ace/project.json': { name: 'space' },
  'sp ace/ci-cache.json': config('space', ['core.in'], {
    images: { ci: image('space', { bases: { BASE: 'registry.example.com/app/python{python}:latest' } }) },
  }),
  'project.json': { name: 'root' },
  'ci-cache.json': config('root', ['root.in'], {
    images: { ci: image('root', { dockerfile: 'libs/lib/Dockerfile', context: 'libs/lib/image' }) },
  }),
  'api/project.json': { name: 'api', targets: { test: { command: 'true' } } },
  'libs/lib/project.json': { name: 'lib' },
  'libs/py/project.json': { name: 'py' },
  'docs/project.json': { name: 'docs' },
};

const empty = [
  'app/core.in',
  'app/README.md',
  'app/image/Dockerfile',
  'app/image/greeting',
  'sp ace/core.in',
  'sp ace/image/Dockerfile',
  'root.in',
  'README.md',
  'api/test.js',
  'libs/lib/all.in',
  'libs/lib/README.md',
  'libs/lib/Dockerfile',
  'libs/lib/image/greeting',
  'libs/py/pyproject.toml',
  'shared/limits.txt',
  'docs/README.md',
];

/** All that follows a snapshot, or a plan, in the order in which they are asked for. */
const targets = ['snapshot', 'check-constraints', 'push-constraints', 'plan-refresh', 'refresh', 'setup-builder'];
const of = (project: string, from: string, to = 'refresh') =>
  targets.slice(targets.indexOf(from), targets.indexOf(to) + 1).map((target) => `${project}:${target}`);

const constraintsOfApp = [...of('app', 'snapshot'), ...of('space', 'plan-refresh')];
const images = (...projects: string[]) => projects.flatMap((project) => of(project, 'plan-refresh'));

type Row = readonly [what: string, tasks: readonly string[], projects: readonly string[]];

const configured = ['app', 'root', 'space'];
const configuration: readonly [tasks: string[], projects: string[]] = [
  [...of('app', 'snapshot', 'setup-builder'), ...images('space')],
  ['app', 'space'],
];

/** What changes → the tasks Nx 24 selects → the projects that Nx 22 and 23, and 24 by projects, select. */
const table: readonly Row[] = [
  ['app/core.in', constraintsOfApp, ['app', 'space']],
  ['libs/lib/all.in', constraintsOfApp, ['app', 'lib', 'root', 'space']],
  ['libs/py/pyproject.toml', constraintsOfApp, ['app', 'py', 'space']],
  ['shared/limits.txt', constraintsOfApp, ['app', 'root', 'space']],
  ['app/image/Dockerfile', images('app', 'space'), ['app', 'space']],
  ['app/image/greeting', images('app', 'space'), ['app', 'space']],
  ['libs/lib/Dockerfile', images('root'), ['app', 'lib', 'root', 'space']],
  ['libs/lib/image/greeting', images('root'), ['app', 'lib', 'root', 'space']],
  ['sp ace/core.in', of('space', 'snapshot'), ['space']],
  ['root.in', of('root', 'snapshot'), ['app', 'root', 'space']],
  ['app/ci-cache.json', ...configuration],
  ['api/test.js', configured.flatMap((project) => of(project, 'push-constraints')), ['api', ...configured]],
  ['app/README.md', [], ['app', 'space']],
  ['libs/lib/README.md', [], ['app', 'lib', 'root', 'space']],
  ['docs/README.md', [], ['docs']],
];

/** Two values of each key, for a row may come twice and is a change each time; with all of them `app` is a base of `space`. */
const values: Readonly<Record<string, readonly [unknown, unknown]>> = {
  $schema: ['./one.json', './other.json'],
  pythons: [['3.12', '3.13'], ['3.13']],
  platforms: [['linux/amd64'], ['linux/arm64']],
  index: [{ window: '12h' }, { window: '6h' }],
  constraints: [2, 3].map((minPins) => ({ ...app.constraints, guard: { minPins } })) as [object, object],
  push: ['one', 'other'].map((title) => ({ ...app.push, title })) as [object, object],
  images: ['one', 'other'].map((value) => ({ ci: image('app', { buildArgs: { VALUE: value } }) })) as [object, object],
  builder: ['one', 'other'].map((name) => ({ name, nodes: [{ platforms: ['linux/amd64', 'linux/arm64'] }] })) as [
    object,
    object,
  ],
};

const keys = Object.keys(values).map((key): Row => [`${key} of app/ci-cache.json`, ...configuration]);

/** A lockfile is an input of Nx itself: by default every project is touched by any line of it. */
const everything = configured.flatMap((project) => of(project, 'snapshot', 'setup-builder'));
const packages: readonly Row[] = [
  ['nx-ci-cache in the lockfile', everything, ['api', 'docs', 'lib', 'py', ...configured]],
  ['semver in the lockfile', everything, ['api', 'docs', 'lib', 'py', ...configured]],
];

const prepared = async (template?: string): Promise<Workspace> => {
  const workspace = await Workspace.create(e2eStack(), template);
  await workspace.git('rm', '-r', '--quiet', 'app');
  workspace.write(Object.fromEntries(Object.entries(files).map(([path, value]) => [path, JSON.stringify(value)])));
  workspace.write(Object.fromEntries(empty.map((path) => [path, ''])));
  await workspace.commit('projects');
  return workspace;
};

const json = (workspace: Workspace, path: string) => JSON.parse(workspace.read(path)) as Record<string, unknown>;

/** As a package manager does. */
const bump = (workspace: Workspace, name: string): string => {
  const lock = json(workspace, 'package-lock.json') as { packages: Record<string, { version: string }> };
  const entry = lock.packages[`node_modules/${name}`];
  if (entry === undefined) throw new Error(`${name} is not in the lockfile`);
  entry.version = `${entry.version}1`;
  return JSON.stringify(lock, null, 2);
};

const other = (workspace: Workspace, key: string): string => {
  const before = json(workspace, 'app/ci-cache.json');
  const [one, another] = values[key] ?? [];
  const isOne = JSON.stringify(before[key]) === JSON.stringify(one);
  return JSON.stringify({ ...before, [key]: isOne ? another : one });
};

const change = async (workspace: Workspace, what: string) => {
  const [, key] = /^(\S+) of app/.exec(what) ?? [];
  const [, name] = /^(\S+) in the lockfile/.exec(what) ?? [];
  if (key !== undefined) workspace.write({ 'app/ci-cache.json': other(workspace, key) });
  else if (name !== undefined) workspace.write({ 'package-lock.json': bump(workspace, name) });
  else workspace.write({ [what]: `${workspace.read(what)}\n` });
  await workspace.commit(what);
};

const projectsAffected = async (workspace: Workspace): Promise<string[]> => {
  const { all, exitCode, stdout } = await workspace.nx(['show', 'projects', '--affected', '--base=HEAD~1', '--json'], {
    NX_LEGACY_AFFECTED: 'true',
  });
  if (exitCode !== 0) throw new Error(all);
  return (JSON.parse(stdout) as string[]).filter((name) => name !== 'fresh').sort();
};

const tasksAffected = async (workspace: Workspace): Promise<string[]> => {
  const args = ['affected', '-t', ...targets, '--base=HEAD~1', '--explain=stdout'];
  const { all, exitCode, stdout } = await workspace.nx(args);
  if (exitCode !== 0) throw new Error(all);
  return Object.keys((JSON.parse(stdout.slice(stdout.indexOf('{'))) as { affected: object }).affected).sort();
};

/** Undefined for the one that all tests have. */
const templateOf = async (version: string): Promise<string | undefined> => {
  if (version === '23.2.1') return undefined;
  const template = join(e2eFolder(), `affected-${version}`, 'template');
  await makeTemplate(template, version, e2eFolder());
  return template;
};

describe.each(['22.7.12', '23.2.1', '24.0.0'])('what a change affects on Nx %s', (version) => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await prepared(await templateOf(version));
  });

  const isUsual = version === '23.2.1';
  const byProjects = [...drawn(table, isUsual ? 8 : 3), ...drawn(keys, 1), ...drawn(packages, 1)];
  it.each(byProjects)('by projects: %s', async (path, _tasks, projects) => {
    await change(workspace, path);
    expect(await projectsAffected(workspace)).toEqual([...projects].sort());
  });

  if (!version.startsWith('24')) return;
  it.each([...drawn(table, 8), ...drawn(keys, 2), ...drawn(packages, 1)])('by tasks: %s', async (path, tasks) => {
    await change(workspace, path);
    expect(await tasksAffected(workspace)).toEqual([...tasks].sort());
  });
});
