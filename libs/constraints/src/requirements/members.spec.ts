import type { Mode } from '@nx-ci-cache/records';
import { filesIn } from '../testing/source-files';
import { readInputs } from './inputs';

const config = { file: 'apps/x/ci-cache.json', projectRoot: 'apps/x', pythons: ['3.13'], index: {} };

const read = (files: Readonly<Record<string, string>>, mode: Partial<Mode> = {}) =>
  readInputs({
    files: filesIn(files),
    config,
    mode: { name: 'core', requirements: ['all.in'], allowSdist: [], ...mode },
  });

const project = (name: string, dependencies: readonly string[] = [], more = '') =>
  `[project]\nname = "${name}"\nversion = "1.2"\ndependencies = ${JSON.stringify(dependencies)}\n${more}`;

const extras =
  '[project.optional-dependencies]\ndev = ["Acme_Lib[more]", "b; python_version < \'3\' or a"]\nmore = ["c"]\n';
const rest = 'rest = ["d @ git+https://host.example.com/d"]\n';

/** Of a member's metadata. */
const requires = (metadata: string) =>
  metadata.split('\n').flatMap((line) => /^Requires-Dist: (.*)/.exec(line)?.[1] ?? []);

describe('projects of the workspace in place of releases', () => {
  const lib = { 'libs/lib/pyproject.toml': project('Acme.Lib', ['a'], `${extras}${rest}`) };

  it.each([
    ['-e ../../libs/lib', 'acme-lib'],
    ['-e libs/lib/', 'acme-lib'],
    ['./libs/lib[dev] ; python_version > "3"  # ours', 'acme-lib[dev] ; python_version > "3"'],
    ['--editable=file:libs/lib[dev, more]', 'acme-lib[dev,more]'],
    ['acme_lib[dev] @ file:libs/lib', 'acme-lib[dev]'],
  ])('stand for %j by their name', (line, expected) => {
    const { requirements, members } = read({ ...lib, 'apps/x/all.in': `a\n${line}\n` });
    expect(requirements).toEqual([{ path: 'all.in', text: `a\n${expected}\n` }]);
    expect(members.map(({ file }) => file)).toEqual(['acme_lib-1.2-py3-none-any.whl']);
  });

  it('have what is asked of them in their metadata, and nothing else', () => {
    const { members } = read({ ...lib, 'apps/x/all.in': '-e ../../libs/lib[dev]\n' });
    expect(members[0]?.metadata.split('\n')).toEqual([
      'Metadata-Version: 2.1',
      'Name: acme-lib',
      'Version: 1.2',
      'Requires-Dist: a',
      'Provides-Extra: dev',
      "Requires-Dist: Acme_Lib[more] ; extra == 'dev'",
      "Requires-Dist: b ; (python_version < '3' or a) and extra == 'dev'",
      'Provides-Extra: more',
      "Requires-Dist: c ; extra == 'more'",
      '',
    ]);
  });

  it('are found from the project itself, too', () => {
    const files = {
      'apps/x/all.in': '-e .[dev]\n',
      'apps/x/pyproject.toml': project('x', [], extras.replaceAll('Acme_Lib', 'X')),
    };
    const { requirements, members } = read(files);
    expect(requirements[0]?.text).toBe('x[dev]\n');
    expect(members).toHaveLength(1);
  });

  const sources = '[tool.uv.sources]\nAcme-Lib = { workspace = true }\ntool = { path = "../tool" }\n';
  const workspace = {
    ...lib,
    'pyproject.toml': '[tool.uv.workspace]\nmembers = ["libs/*", "apps/*"]\nexclude = ["libs/old"]\n',
    'libs/old/pyproject.toml': project('acme-lib', ['old']),
    'libs/broken/pyproject.toml': '[project',
    'apps/x/pyproject.toml': project('x', ['acme-lib[dev]', 'tool>=3', 'other'], sources),
    'apps/tool/pyproject.toml': '[project]\nname = "tool"\ndynamic = ["version"]\ndependencies = ["acme.lib<2"]\n',
  };
  const listed = { requirements: ['pyproject.toml'] };

  it('are those that the sources of a listed project name, and their members, with a version that its bounds take', () => {
    const { members } = read(workspace, listed);
    expect(members.map(({ file }) => file)).toEqual(['acme_lib-1.2-py3-none-any.whl', 'tool-3-py3-none-any.whl']);
    expect(requires(members[1]?.metadata ?? '')).toEqual(['acme.lib<2']);
  });

  it('are not those whose releases the mode keeps', () => {
    const resolving = { ownPackages: ['!acme-*'] };
    expect(read(workspace, { ...listed, resolving }).members.map(({ file }) => file)).toEqual([
      'tool-3-py3-none-any.whl',
    ]);
  });

  it('are those listed beside each other, and the project whose group asks for an extra of its own', () => {
    const groups = '[dependency-groups]\ndev = ["x[all]"]\n[project.optional-dependencies]\nall = ["a"]\n';
    const files = { ...lib, 'apps/x/pyproject.toml': project('x', ['acme-lib'], groups) };
    const both = ['{workspaceRoot}/libs/lib/pyproject.toml', { pyproject: 'pyproject.toml', groups: ['dev'] }];
    const { members } = read(files, { requirements: both });
    expect(members.map(({ file }) => file)).toEqual(['acme_lib-1.2-py3-none-any.whl', 'x-1.2-py3-none-any.whl']);
    expect(requires(members[1]?.metadata ?? '')).toEqual(['acme-lib', "a ; extra == 'all'"]);
  });

  it.each<[string, Readonly<Record<string, string>>, ...string[]]>([
    [
      'a folder without a project',
      { 'apps/x/all.in': '-e ./no\n' },
      'apps/x/all.in: line 1 = "-e ./no"',
      'Correct the path',
    ],
    [
      'a project that only its setup.py knows',
      { 'apps/x/all.in': '-e ./old\n', 'apps/x/old/setup.py': '' },
      'into [project] of apps/x/old/pyproject.toml',
      '"findLinks"',
    ],
    [
      'dependencies that only a build would tell',
      { 'apps/x/all.in': '-e .\n', 'apps/x/pyproject.toml': '[project]\nname = "x"\ndynamic = ["dependencies"]\n' },
      'apps/x/pyproject.toml: project.dynamic',
      '"findLinks"',
    ],
    [
      'an extra it has not',
      { ...lib, 'apps/x/all.in': '-e libs/lib[no]\n' },
      'line 1',
      'extras of it: dev, more, rest',
    ],
    [
      'another name',
      { ...lib, 'apps/x/all.in': 'b @ file:libs/lib\n' },
      'the name that libs/lib/pyproject.toml has: acme-lib',
    ],
    [
      'what no release can be',
      { ...lib, 'apps/x/all.in': '-e libs/lib[rest]\n' },
      'optional-dependencies.rest = "d …"',
    ],
    ['a repository', { 'apps/x/all.in': 'foo @ git+https://host.example.com/foo\n' }, 'holds no URL'],
    ['a folder of this machine', { 'apps/x/all.in': '-e /src/foo\n' }, 'apps/x/all.in: line 1'],
    [
      'a project for another Python',
      { 'apps/x/all.in': '-e .\n', 'apps/x/pyproject.toml': project('x', [], 'requires-python = ">=3.14"\n') },
      'apps/x/pyproject.toml: project.requires-python',
      'Leave 3.13 out of constraints.modes.core.pythons',
    ],
  ])('are refused: %s', (_what, files, ...says) => {
    let said = 'accepted';
    try {
      read(files);
    } catch (error) {
      const { message, remedy } = error as Error & { readonly remedy: string };
      said = `${message}\n${remedy}`;
    }
    for (const each of says) expect(said).toContain(each);
  });

  it('are refused where a source names none', () => {
    const files = {
      'apps/x/pyproject.toml': project('x', ['gone'], '[tool.uv.sources]\ngone = { workspace = true }\n'),
    };
    expect(() => read(files, listed)).toThrow('apps/x/pyproject.toml: tool.uv.sources.gone = {"workspace":true}');
  });
});

describe('settings of uv', () => {
  const root = `[tool.uv]
constraint-dependencies = ["urllib3<2"]
override-dependencies = ["a==1"]
build-constraint-dependencies = ["setuptools<80"]
exclude-dependencies = ["six"]
exclude-newer = "3 weeks"
environments = ["sys_platform == 'linux'", "sys_platform == 'darwin'"]
[tool.uv.workspace]
members = ["apps/*"]
`;
  const files = { 'pyproject.toml': root, 'apps/x/pyproject.toml': project('x', ['a']) };
  const listed = { requirements: ['pyproject.toml'] };

  it('of the workspace around a project are bounds of the mode, or told', () => {
    expect(read(files, listed)).toMatchObject({
      constraints: [{ path: 'tool.uv.constraint-dependencies of pyproject.toml', text: 'urllib3<2\n' }],
      overrides: [{ path: 'tool.uv.override-dependencies of pyproject.toml', text: 'a==1\n' }],
      buildConstraints: [{ path: 'tool.uv.build-constraint-dependencies of pyproject.toml', text: 'setuptools<80\n' }],
      excludes: ['six'],
      notes: [
        'pyproject.toml: tool.uv.exclude-newer is not followed: "settle" of "index" says how old a release must be',
      ],
    });
  });

  it('that lead elsewhere are told', () => {
    const sources = '[tool.uv.sources]\nb = { git = "https://host.example.com/b" }\n';
    const found = read({ 'apps/x/pyproject.toml': project('x', ['b'], sources) }, listed);
    expect(found.notes).toEqual(['apps/x/pyproject.toml: tool.uv.sources.b is not followed: its releases are taken']);
  });

  it('of another workspace are none of it', () => {
    const other = { ...files, 'pyproject.toml': root.replace('apps/*', 'libs/*') };
    expect(read(other, listed)).toMatchObject({ constraints: [], overrides: [], notes: [] });
  });

  it('that are for no Linux are refused', () => {
    const mac = {
      ...files,
      'pyproject.toml': root.replace(/environments = .*/, 'environments = ["sys_platform == \'darwin\'"]'),
    };
    expect(() => read(mac, listed)).toThrow('pyproject.toml: tool.uv.environments');
  });
});

it.each([
  ['tool.pdm.dev-dependencies', 'tool.pdm.dev-dependencies.dev'],
  ['tool.poetry.group.dev.dependencies', 'tool.poetry.group.dev'],
])('groups in [%s] are refused with the way out', (table, named) => {
  const files = { 'apps/x/pyproject.toml': project('x', [], `[${table}]\ndev = ["pytest"]\n`) };
  const requirements = [{ pyproject: 'pyproject.toml', groups: ['dev'] }];
  expect(() => read(files, { requirements })).toThrow(
    expect.objectContaining({ remedy: expect.stringContaining(`Move ${named} of`) }),
  );
});

describe('dependencies that stand in files', () => {
  const dynamic = '[project]\nname = "x"\nversion = "1"\ndynamic = ["dependencies", "optional-dependencies"]\n';

  it.each([
    [
      'setuptools',
      '[tool.setuptools.dynamic]\ndependencies = { file = ["requirements.txt"] }\noptional-dependencies.dev = { file = "dev.txt" }\n',
    ],
    [
      'hatch-requirements-txt',
      '[tool.hatch.metadata.hooks.requirements_txt]\nfiles = ["requirements.txt"]\n[tool.hatch.metadata.hooks.requirements_txt.optional-dependencies]\ndev = ["dev.txt"]\n',
    ],
  ])('are read as %s does', (_tool, settings) => {
    const files = {
      'apps/x/pyproject.toml': `${dynamic}${settings}`,
      'apps/x/requirements.txt': '# ours\na>=1  # why\n\n',
      'apps/x/dev.txt': 'b\n',
    };
    const { requirements } = read(files, { requirements: [{ pyproject: 'pyproject.toml', extras: ['dev'] }] });
    expect(requirements[0]?.text).toContain('dependencies = [ "a>=1" ]\ndynamic = []');
    expect(requirements[0]?.text).toContain('dev = [ "b" ]');
  });

  it('are refused where a hook makes them', () => {
    const files = { 'apps/x/pyproject.toml': `${dynamic}[tool.hatch.metadata.hooks.custom]\npath = "hook.py"\n` };
    expect(() => read(files, { requirements: ['pyproject.toml'] })).toThrow('project.dynamic');
  });
});
