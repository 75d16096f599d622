import { logger, type Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { parse } from 'jsonc-parser';
import { parseConfig } from '@nx-ci-cache/config';
import configuration, { type ConfigurationOptions } from './generator';

const workspaceWith = (files: Readonly<Record<string, string>>): Tree => {
  const tree = createTreeWithEmptyWorkspace();
  for (const [file, text] of Object.entries(files)) tree.write(file, text);
  return tree;
};

/** What was written, and what was said. */
const generate = async (files: Readonly<Record<string, string>>, options: Partial<ConfigurationOptions> = {}) => {
  const tree = workspaceWith(files);
  const said: string[] = [];
  const info = jest.spyOn(logger, 'info').mockImplementation((text) => said.push(text.trim()));
  (await configuration(tree, { project: 'api', ...options }))?.();
  info.mockRestore();
  const text = tree.read('api/ci-cache.json', 'utf8') ?? '';
  const project = tree.read('api/project.json', 'utf8') ?? '{}';
  return {
    tree,
    said,
    text,
    config: parseConfig(text, 'api'),
    json: parse(text),
    targets: JSON.parse(project).targets as Record<string, { options: { commands: string[] } }>,
  };
};

const member = (name: string, dependencies: readonly string[]) =>
  `[project]\nname = "${name}"\nversion = "1"\ndependencies = ${JSON.stringify(dependencies)}\n`;

const libraryWithExtras = `[project]
name = "acme-api"
version = "1.0"
requires-python = ">=3.10"
classifiers = ["Programming Language :: Python :: 3.11", "Programming Language :: Python :: 3.12"]
dependencies = ["requests>=2"]

[project.optional-dependencies]
postgres = ["psycopg"]
all = ["acme-api[postgres]"]

[dependency-groups]
test = ["pytest"]
`;

describe('the layouts of Python projects', () => {
  it.each<[what: string, files: Readonly<Record<string, string>>, requirements: unknown, python: string]>([
    [
      'requirements.txt only',
      { 'api/requirements.txt': 'requests>=2  # for people\n', 'api/.python-version': '3.12.4\n' },
      ['requirements.txt'],
      '3.12',
    ],
    [
      'pyproject.toml with extras and groups, and a file made from it',
      { 'api/pyproject.toml': libraryWithExtras, 'api/requirements.txt': 'requests==2.32.0\n' },
      [{ pyproject: 'pyproject.toml', extras: ['postgres', 'all'], groups: ['test'] }],
      '3.12',
    ],
    [
      'requirements/*.in with what was compiled, beside the settings of tools',
      {
        'api/pyproject.toml': '[tool.black]\nline-length = 100\n',
        'api/requirements/base.in': 'requests\n',
        'api/requirements/base.txt': 'requests==2.32.0\n',
        'api/requirements/dev.in': '-r base.in\npytest\n',
        'api/requirements/lint.in': 'ruff\n',
      },
      ['requirements/base.in', 'requirements/dev.in', 'requirements/lint.in'],
      '3.13',
    ],
    [
      'a uv workspace with members that require each other',
      {
        'api/pyproject.toml': `[tool.uv.workspace]\nmembers = ["packages/*"]\nexclude = ["packages/old"]\n\n${member('root', ['acme-core', 'rich'])}requires-python = "<3.12"\n`,
        'api/packages/core/pyproject.toml': member('Acme.Core', ['requests']),
        'api/packages/web/pyproject.toml': member('acme-web', ['acme_core', 'flask']),
        'api/packages/old/pyproject.toml': member('acme-old', ['six']),
        'api/.venv/lib/site-packages/x/pyproject.toml': member('x', ['six']),
      },
      ['pyproject.toml', 'packages/core/pyproject.toml', 'packages/web/pyproject.toml'],
      '3.11',
    ],
    [
      'a Dockerfile in a subfolder',
      { 'api/requirements.txt': 'requests\n', 'api/docker/Dockerfile': 'FROM python:3.13-slim\nRUN true\n' },
      ['requirements.txt'],
      '3.13',
    ],
  ])('%s', async (_what, files, requirements, python) => {
    const { json, config } = await generate(files);
    expect(json.constraints.modes.constraints.requirements).toEqual(requirements);
    expect(config.pythons).toEqual([python]);
  });

  it('leaves out members that no index has', async () => {
    const { json, said } = await generate({
      'api/pyproject.toml': '[tool.uv.workspace]\nmembers = ["*"]\n',
      'api/core/pyproject.toml': member('Acme.Core', ['requests']),
      'api/web/pyproject.toml': member('acme-web', ['acme_core', 'flask']),
    });
    expect(json.constraints.modes.constraints.excludes).toEqual(['acme-core']);
    expect(said.find((line) => line.startsWith('pyproject.toml'))).toMatch(/passed over: .*\[project\] table/);
  });

  it('says what it found, and why it passed over a file', async () => {
    const { said } = await generate({
      'api/requirements.in': 'requests\n',
      'api/dev.in': '-r requirements.in\n',
      'api/lint.in': '--pre\n',
      'api/requirements.txt': 'requests==2.32.0\n',
      'api/Dockerfile': 'FROM scratch\n',
    });
    expect(said).toEqual([
      'Python 3.13: nothing names one',
      'dev.in: its requirements',
      'lint.in: passed over: api/lint.in: line 1 = "--pre"; allowed: requirements, e.g. "requests>=2", comments, and -r or -c with a file of the workspace',
      'requirements.in: its requirements',
      'requirements.txt: passed over: what it is made from is there',
      'Dockerfile: no image without --registry',
      'Wrote api/ci-cache.json.',
      'Wrote the gate api:test-with-constraints: it installs; add your tests to its commands.',
      'Next: commit, then look with npx nx run api:refresh; --answer=yes publishes.',
    ]);
  });
});

describe('what is written', () => {
  const files = { 'api/requirements.in': 'requests\n' };

  it('is the smallest configuration, with what its first reader asks', async () => {
    const { text } = await generate(files);
    expect(text).toBe(`{
  "$schema": "../node_modules/nx-ci-cache/ci-cache.schema.json",
  "pythons": ["3.13"],
  // One constraint file for each mode and Python.
  "constraints": { "modes": { "constraints": { "requirements": ["requirements.in"] } } },
  // Pushed to this branch once the gates have succeeded with the generated files.
  "push": {
    "branches": [{ "from": "main", "to": "constraints-main" }],
    "gates": ["api:test-with-constraints"]
  }
}
`);
  });

  it('has a workflow for the CI that is named, kept equal to it from then on', async () => {
    const { tree, said } = await generate(files, { ci: ['gitlab'] });
    expect(tree.read('.gitlab/ci-cache.gitlab-ci.yml', 'utf8')).toContain('api:refresh');
    expect(tree.read('nx.json', 'utf8')).toContain('nx-ci-cache:sync');
    expect(said).toContain('Wrote .gitlab/ci-cache.gitlab-ci.yml.');
    await expect(generate(files, { ci: ['travis'] })).rejects.toThrow('one or more of github, gitlab');
  });

  it('has a gate that installs with the generated file of each Python', async () => {
    const { targets } = await generate(
      { 'api/pyproject.toml': libraryWithExtras, 'api/project.json': '{ "name": "api" }' },
      { pythons: '3.11, 3.12' },
    );
    const { options, ...target } = targets['test-with-constraints'] ?? { options: { commands: [] } };
    expect(target).toEqual({
      executor: 'nx:run-commands',
      dependsOn: ['generate-constraints'],
      cache: true,
      inputs: ['default', { dependentTasksOutputFiles: '**/constraints-*.txt', transitive: true }],
    });
    expect(options.commands).toHaveLength(6);
    expect(options.commands.slice(0, 3)).toEqual([
      'uv venv --quiet --clear --no-project --python 3.11 dist/api/gate/3.11',
      'uv pip install --quiet --python dist/api/gate/3.11 --constraints dist/api/constraints-3.11/constraints-3.11.txt' +
        ' --requirements=api/pyproject.toml --extra=postgres --extra=all --group=api/pyproject.toml:test',
      'uv pip check --python dist/api/gate/3.11',
    ]);
  });

  it.each<[pythons: string | number, written: string[]]>([
    [3.13, ['3.13']],
    ['3.10', ['3.10']],
    [3.1, ['3.10']],
    ['3.9,3.10', ['3.9', '3.10']],
  ])('takes the Pythons %p as Nx hands them over', async (pythons, written) => {
    expect((await generate(files, { pythons })).config.pythons).toEqual(written);
  });

  it('leaves a gate that is there as it is', async () => {
    const project = '{\n  // ours\n  "name": "api",\n  "targets": { "test": { "command": "pytest" } }\n}\n';
    const tree = workspaceWith({ ...files, 'api/project.json': project });
    await configuration(tree, { project: 'api', gate: 'test' });
    expect(tree.read('api/project.json', 'utf8')).toBe(project);
    expect(tree.read('api/ci-cache.json', 'utf8')).toContain('"gates": ["api:test"]');
  });

  it('leads to the workspace from its root, too', async () => {
    const tree = workspaceWith({ 'requirements.in': 'requests\n' });
    await configuration(tree, { project: '.' });
    expect(tree.read('ci-cache.json', 'utf8')).toContain('"$schema": "./node_modules/');
    expect(tree.read('project.json', 'utf8')).toContain(' dist/gate/3.13"');
  });

  it('holds an image of the Dockerfile as it is, with what that leaves open', async () => {
    const dockerfile =
      'ARG PYTHON_VERSION=3.13\nARG BASE\nFROM python:${PYTHON_VERSION}-slim AS build\nFROM debian:12\nFROM ${BASE}\n';
    const { tree, json, said } = await generate(
      { ...files, 'api/docker/Dockerfile': dockerfile },
      { registry: 'registry.example.com/acme/', pythons: '3.12,3.13' },
    );
    expect(tree.read('api/docker/Dockerfile', 'utf8')).toBe(dockerfile);
    expect(json.images.ci).toEqual({
      dockerfile: 'docker/Dockerfile',
      bases: { BASE: 'python:{python}-slim' },
      buildArgs: { PYTHON_VERSION: '{python}' },
      repository: 'registry.example.com/acme/api/{branch}/{image}/python{python}',
      cache: 'registry.example.com/acme/api/{branch}/cache/{image}-python{python}:{platform}',
    });
    expect(said.filter((line) => line.includes('for every Python'))).toEqual([]);
  });

  it.each([
    ['FROM python:3.13-slim\n', 'docker/Dockerfile:1: python:3.13-slim for every Python, that is 3.12, 3.13'],
    ['ARG BASE=docker.io/library/python:3.12.4\nFROM $BASE\n', 'docker/Dockerfile:1: python:3.12.4 for every'],
  ])('says of several Pythons which one %j has', async (dockerfile, note) => {
    const { said } = await generate(
      { ...files, 'api/docker/Dockerfile': dockerfile },
      { registry: 'registry.example.com/acme', pythons: '3.12,3.13' },
    );
    expect(said).toContainEqual(expect.stringContaining(note));
    expect(said).toContainEqual(expect.stringContaining('python:${PYTHON_VERSION}'));
  });

  it('holds the smallest Dockerfile where there is none', async () => {
    const { tree, json } = await generate(files, { registry: 'registry.example.com/acme' });
    expect(tree.read('api/Dockerfile', 'utf8')).toContain('COPY --from=constraints constraints-${PYTHON_VERSION}.txt');
    expect(json.images.ci.bases).toEqual({ BASE_IMAGE: 'python:{python}-slim' });
  });

  it('writes an existing one anew when that is asked for', async () => {
    const { config } = await generate({ ...files, 'api/ci-cache.json': '{}' }, { force: true });
    expect(config.push.gates).toEqual(['api:test-with-constraints']);
  });
});
