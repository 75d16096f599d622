import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { drawn } from '@nx-ci-cache/process/src/testing/sample';
import { ciImage } from './support/project';
import { Registry } from './support/registry';
import { Workspace } from './support/workspace';

const cached = (output: string, project: string, target: string): boolean =>
  new RegExp(`nx run ${project}:${target}\\S* +\\[.*cache`).test(output);

const config = (to: string, more: object = {}) =>
  JSON.stringify({
    pythons: ['3.13'],
    constraints: { modes: { core: { requirements: ['core.in'] } }, guard: { allowDowngrade: ['iniconfig'] } },
    push: { remote: '{env.CI_CACHE_REMOTE}', branches: [{ from: 'main', to }], allowUntested: true },
    ...more,
  });

const inRoot = (root: string, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [join(root, path), text]));

/** Instead of the small project every workspace starts with. */
const empty = async (): Promise<Workspace> => {
  const workspace = await Workspace.create();
  rmSync(join(workspace.folder, 'app'), { recursive: true });
  return workspace;
};

describe('projects in folders that a glob reads otherwise, and in one another', () => {
  const more = drawn(['apps/(team)/x', '{x}/y', '!x', 'ünïcode'], 2);
  const roots = ['.', 'a b', '[x]', ...more, '[x]/cells', 'cells'];
  const names = roots.map((_root, at) => `p${at}`);
  let workspace: Workspace;

  const check = async () => {
    const { exitCode, all } = await workspace.nx(['run-many', '-t', 'check-constraints', '--output-style=static'], {
      CI_CACHE_ANSWER: '',
    });
    expect({ exitCode, all: exitCode === 0 ? '' : all }).toEqual({ exitCode: 0, all: '' });
    return names.filter((name) => cached(all, name, 'generate-constraints--core'));
  };

  beforeAll(async () => {
    workspace = await empty();
    roots.forEach((root, at) =>
      workspace.write(
        inRoot(root, {
          'project.json': JSON.stringify({ name: names[at] }),
          'ci-cache.json': config(`constraints-${names[at]}`),
          'core.in': 'iniconfig\n',
        }),
      ),
    );
    await workspace.commit('projects');
  });

  it('resolves every one, hits what is unchanged, and misses exactly what changed', async () => {
    expect(await check()).toEqual([]);
    expect(await check()).toEqual(names);
    for (const parity of [0, 1]) {
      roots.forEach((root, at) => at % 2 === parity && workspace.write(inRoot(root, { 'core.in': 'iniconfig<2\n' })));
      expect(await check()).toEqual(names.filter((_name, at) => at % 2 !== parity));
    }
  });

  it('refuses wiring that would replay them, and names the line to add', async () => {
    const text = workspace.read('nx.json');
    const targetDefaults = { 'nx-ci-cache:generate-constraints': { inputs: ['{projectRoot}/nothing'] } };
    workspace.write({ 'nx.json': JSON.stringify({ ...(JSON.parse(text) as object), targetDefaults }) });
    const { exitCode, all } = await workspace.nx(['run', 'p1:check-constraints'], { CI_CACHE_ANSWER: '' });
    workspace.write({ 'nx.json': text });
    expect(exitCode).not.toBe(0);
    expect(all).toContain('p1:generate-constraints--core-3.13 is cached, but not on dist/a~20b/cells/core-3.13.json');
    expect(all).toContain(
      '→ Add {"dependentTasksOutputFiles":"dist/a~20b/cells/core-3.13.json"} to "inputs" of target',
    );
    expect(all).toMatch(/Failed tasks:\s+- p1:snapshot\s/);
  });
});

describe.each(drawn(['.', '[x]'], 1))('a whole refresh of a project in %s', (root) => {
  let workspace: Workspace;
  let registry: Registry;

  const refresh = async () => {
    const { exitCode, all } = await workspace.run('refresh');
    expect({ exitCode, all: exitCode === 0 ? '' : all }).toEqual({ exitCode: 0, all: '' });
    return {
      cell: cached(all, 'app', 'generate-constraints--core'),
      leg: cached(all, 'app', 'buildx-refresh'),
    };
  };
  const image = async (tag: string) => (await registry.manifest(registry.repository('3.13'), tag))?.digest;
  const commit = async () => (await workspace.git('rev-parse', 'HEAD')).trim();

  beforeAll(async () => {
    workspace = await empty();
    registry = new Registry(workspace);
    workspace.write(
      inRoot(root, {
        // Beside the inferred targets: an image is published by who builds its legs, unless a task is there for it alone.
        'project.json': JSON.stringify({ targets: { publish: { executor: 'nx-ci-cache:publish-images' } } }),
        'package.json': JSON.stringify({
          ...(root === '.' && (JSON.parse(workspace.read('package.json')) as object)),
          name: 'app',
        }),
        'ci-cache.json': config('constraints-main', {
          images: { ci: ciImage(workspace.images) },
          builder: {
            name: `e2e_${workspace.images}`,
            nodes: [{ platforms: ['linux/amd64'], endpoint: '{env.CI_CACHE_BUILDKIT_AMD64}' }],
          },
        }),
        'core.in': 'iniconfig\n',
        'image/Dockerfile':
          'ARG BASE_IMAGE\nFROM ${BASE_IMAGE}\nARG PYTHON_VERSION\nCOPY --from=constraints core-${PYTHON_VERSION}.txt /c.txt\nCOPY greeting /greeting\n',
        'image/greeting': 'hello\n',
      }),
    );
    await workspace.commit('project');
  });

  it('publishes, then hits, then misses exactly what changed', async () => {
    expect(await refresh()).toEqual({ cell: false, leg: false });
    const first = await image('latest');
    expect(first).toBeDefined();
    expect(await refresh()).toEqual({ cell: true, leg: true });
    workspace.write(inRoot(root, { 'image/greeting': 'good morning\n' }));
    await workspace.commit('another greeting');
    expect(await refresh()).toEqual({ cell: true, leg: false });
    const second = await image(await commit());
    expect([first, undefined]).not.toContain(second);
    workspace.write(inRoot(root, { 'core.in': 'iniconfig<2\n' }));
    await workspace.commit('an older iniconfig');
    expect(await refresh()).toEqual({ cell: false, leg: false });
    expect([first, second, undefined]).not.toContain(await image(await commit()));
  });

  it('never puts a commit’s tag on the image of another', async () => {
    workspace.write(inRoot(root, { 'image/greeting': 'good evening\n' }));
    await workspace.commit('a third greeting');
    expect((await workspace.run('plan-refresh')).exitCode).toBe(0);
    const { exitCode, all } = await workspace.nx(['run', 'app:publish', '--excludeTaskDependencies']);
    expect(exitCode).not.toBe(0);
    expect(all).toMatch(/legs\/ci-3\.13-linux-amd64\.json is of other inputs than those of the plan/);
    expect(all).toContain('among them app:buildx-refresh.');
    expect(await image(await commit())).toBeUndefined();
  });
});
