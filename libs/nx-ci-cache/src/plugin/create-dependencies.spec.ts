import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CreateDependenciesContext } from '@nx/devkit';
import { createDependencies } from './create-dependencies';

let workspaceRoot: string;
let projects: Record<string, { root: string; targets: object }>;
beforeEach(() => {
  workspaceRoot = mkdtempSync(join(tmpdir(), 'create-dependencies-'));
  projects = {};
});
afterEach(() => rmSync(workspaceRoot, { recursive: true }));

const write = (path: string, text: string) => {
  mkdirSync(dirname(join(workspaceRoot, path)), { recursive: true });
  writeFileSync(join(workspaceRoot, path), text);
};

const plain = (name: string, root: string) => {
  projects[name] = { root, targets: {} };
};

const image = (name: string, more: object = {}) => ({
  dockerfile: 'Dockerfile',
  repository: `registry.example.com:5000/{branch}/${name}/python{python}`,
  cache: `registry.example.com:5000/{branch}/${name}/cache:{image}-{python}`,
  ...more,
});

const ours = (
  name: string,
  root: string,
  { mode = {}, ...more }: { mode?: object; push?: object; images?: object },
) => {
  projects[name] = { root, targets: { observe: { executor: 'nx-ci-cache:snapshot' } } };
  write(
    join(root, 'ci-cache.json'),
    JSON.stringify({
      pythons: ['3.13'],
      constraints: { modes: { [name]: { requirements: ['core.in'], ...mode } } },
      ...more,
      push: { branches: [{ from: 'main', to: `constraints-${name}` }], ...more.push },
    }),
  );
};

/** `source → target` of every edge. @param files of each project, by name. */
const edges = async (files: Readonly<Record<string, readonly string[]>> = {}, externalNodes: object = {}) => {
  const projectFileMap = Object.fromEntries(
    Object.entries(files).map(([name, all]) => [name, all.map((file) => ({ file, hash: '' }))]),
  );
  const context = { projects, workspaceRoot, externalNodes, fileMap: { projectFileMap, nonProjectFiles: [] } };
  const found = await createDependencies(undefined, context as unknown as CreateDependenciesContext);
  return found.map(({ source, target }) => `${source} → ${target}`).sort();
};

describe('createDependencies', () => {
  it.each([
    ['a requirement file', { requirements: ['core.in', '{workspaceRoot}/libs/lib/all.in'] }],
    ['a pyproject.toml', { requirements: [{ pyproject: '{workspaceRoot}/libs/lib/pyproject.toml' }] }],
    ['bounds', { constraints: ['{workspaceRoot}/libs/lib/limits.txt'] }],
    ['overrides', { overrides: ['{workspaceRoot}/libs/lib/overrides.txt'] }],
    ['bounds of what builds an sdist', { buildConstraints: ['{workspaceRoot}/libs/lib/build.txt'] }],
    ['a folder of wheels', { findLinks: ['{workspaceRoot}/libs/lib/dist'] }],
  ])('leads to the project nearest around %s', async (_what, mode) => {
    plain('outer', 'libs');
    plain('lib', 'libs/lib');
    plain('library', 'libs/library');
    ours('app', 'app', { mode });
    expect(await edges()).toEqual(['app → lib']);
  });

  it.each([
    ['a line of requirements', { requirements: ['lead.in'] }, '-r ../libs/lib/all.in\n'],
    ['a line of bounds', { constraints: ['lead.in'] }, '-c ../libs/lib/all.in\n'],
    ['a line that names its folder', { requirements: ['lead.in'] }, '-e ../libs/lib\n'],
    ['a line whose file is wrong', { requirements: ['lead.in'] }, '-r ../libs/lib/wrong.in\n'],
    ['a file nobody has written yet', { requirements: ['lead.in'] }, '-r ../libs/lib/new.in\n'],
  ])('leads where %s does', async (_what, mode, text) => {
    plain('root', '.');
    plain('lib', 'libs/lib');
    write('app/core.in', 'a\n');
    write('app/lead.in', text);
    write('libs/lib/all.in', 'b\n');
    write('libs/lib/wrong.in', '--pre\n');
    write('libs/lib/pyproject.toml', '[project]\nname = "lib"\nversion = "1"\n');
    ours('app', 'app', { mode });
    expect(await edges()).toEqual(['app → lib']);
  });

  it('leads to the members that a lock’s project has', async () => {
    plain('lib', 'libs/lib');
    plain('root', '.');
    write('uv.lock', '');
    write('libs/lib/pyproject.toml', '[project]\nname = "lib"\nversion = "1"\n');
    write(
      'pyproject.toml',
      '[project]\nname = "all"\nversion = "1"\ndependencies = ["lib"]\n[tool.uv.sources]\nlib = { path = "libs/lib" }\n',
    );
    ours('app', 'app', { mode: { requirements: undefined, lock: '{workspaceRoot}/uv.lock' } });
    expect(await edges()).toEqual(['app → lib', 'app → root']);
  });

  it('leads nowhere for a file of its own, of no project, or of a project whose name only begins so', async () => {
    plain('lib', 'libs/lib');
    ours('app', 'app', { mode: { constraints: ['{workspaceRoot}/libs/library/limits.txt', '{workspaceRoot}/x.txt'] } });
    expect(await edges()).toEqual([]);
  });

  it('leads to the workspace’s root project for what no other owns', async () => {
    plain('root', '.');
    ours('app', 'app', { mode: { constraints: ['{workspaceRoot}/limits.txt'] } });
    expect(await edges()).toEqual(['app → root']);
  });

  it('leads to projects inside a context as far as .dockerignore lets their files in, and to that of the Dockerfile', async () => {
    ours('app', '.', { images: { ci: image('ci', { dockerfile: 'apps/docker file/Dockerfile' }) } });
    plain('file', 'apps/docker file');
    plain('in', 'libs/in');
    plain('out', 'libs/out');
    write('.dockerignore', 'libs/out\napps\n');
    const files = { in: ['libs/in/a'], out: ['libs/out/a'], file: ['apps/docker file/Dockerfile'] };
    expect(await edges(files)).toEqual(['app → file', 'app → in']);
    write('apps/docker file/Dockerfile.dockerignore', 'libs/in\n');
    expect(await edges(files)).toEqual(['app → file', 'app → out']);
  });

  it('leads to all whose files a context at the workspace’s root holds, and to no other', async () => {
    const context = { context: '{workspaceRoot}', dockerfile: '{workspaceRoot}/docker/Dockerfile' };
    ours('app', 'app', { images: { ci: image('ci', context) } });
    plain('docker', 'docker');
    plain('in', 'libs/in');
    plain('out', 'libs/out');
    write('.dockerignore', '*\n!libs/in\n');
    const files = { in: ['libs/in/a'], out: ['libs/out/a'], docker: ['docker/Dockerfile'] };
    expect(await edges(files)).toEqual(['app → docker', 'app → in']);
  });

  it('leads to what a named context holds, less what its own .dockerignore excludes', async () => {
    ours('app', 'app', { images: { ci: image('ci', { contexts: { all: '{workspaceRoot}/libs' } }) } });
    plain('in', 'libs/in');
    plain('out', 'libs/out');
    write('libs/.dockerignore', 'out\n');
    write('app/Dockerfile.dockerignore', 'in\n');
    expect(await edges({ in: ['libs/in/a'], out: ['libs/out/a'] })).toEqual(['app → in']);
  });

  it('leads to the projects of gates that exist', async () => {
    plain('api', 'api');
    ours('app', 'app', { push: { gates: ['api:test', 'api:lint:strict', 'nobody:test', 'app:test'] } });
    expect(await edges()).toEqual(['app → api']);
  });

  it.each([
    ['the same text', 'registry.example.com:5000/{branch}/base/python{python}:latest'],
    ['its branch written out', 'registry.example.com:5000/main/base/python{python}'],
    ['a digest', `registry.example.com:5000/main/base/python3.13@sha256:${'0'.repeat(64)}`],
  ])('leads to the project whose image is a base, by %s', async (_how, base) => {
    ours('base', 'base', { images: { base: image('base') } });
    ours('app', 'app', { images: { ci: image('app', { bases: { BASE: base } }) } });
    expect(await edges()).toEqual(['app → base']);
  });

  it('leads to the installed plugin', async () => {
    ours('app', 'app', {});
    plain('lib', 'lib');
    expect(await edges({}, { 'npm:nx-ci-cache': {} })).toEqual(['app → npm:nx-ci-cache']);
  });

  it('leaves out a project whose configuration is wrong, and only it', async () => {
    plain('api', 'api');
    ours('app', 'app', { push: { gates: ['api:test'] } });
    ours('wrong', 'wrong', { push: { gates: ['api:test'], branches: [] } });
    expect(await edges()).toEqual(['app → api']);
  });
});
