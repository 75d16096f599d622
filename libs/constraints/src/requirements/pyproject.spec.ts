import { filesIn } from '../testing/source-files';
import type { Asked } from './check-project';
import { distributionName, parseProject } from './project';
import { readPyproject as readParsed } from './pyproject';

const readPyproject = (text: string, file: string, asked?: Asked) =>
  readParsed(parseProject(text, file, filesIn({})), asked);

const app =
  '[project]\nname = "app"\nversion = "1"\ndependencies = ["a"]\n[project.optional-dependencies]\nall = ["b"]\n';

describe('readPyproject', () => {
  it('keeps what a resolution reads, so that other tools’ settings miss no cell', () => {
    const { text } = readPyproject(`${app}[tool.ruff]\nline-length = 99\n`, 'f');
    expect(readPyproject(`${app}[tool.ruff]\nline-length = 1\n`, 'f').text).toBe(text);
    expect(text).toContain('dependencies = [ "a" ]');
    expect(text).not.toContain('ruff');
  });

  it.each([
    ['an integer of 64 bits', `${app}[tool.x]\nlargest = 9223372036854775807\n`],
    ['a table of Poetry that holds no dependencies', `${app}[tool.poetry.dependencies]\npython = "^3"\n`],
    ['a table of Poetry beside dependencies', `${app}[tool.poetry.dependencies]\na = { source = "x" }\n`],
  ])('passes over %s', (_name, text) => {
    expect(readPyproject(text, 'f').text).toBe(readPyproject(app, 'f').text);
  });

  it('takes dynamic extras where nobody asks for one, and never has the project built for them', () => {
    const dynamic = app.replace(/dependencies = .*/s, 'dynamic = ["version", "optional-dependencies"]\n');
    expect(readPyproject(dynamic, 'f').text).toContain('dynamic = [ "version" ]');
    expect(() => readPyproject(dynamic, 'f', { extras: ['all'] })).toThrow(
      'optional-dependencies written in [project]',
    );
  });

  it.each([
    ['[project', 'f is no TOML'],
    ['[tool.x]\n', 'f: project is missing'],
    ['[project]\nname = "x"\ndynamic = ["dependencies"]\n', 'dependencies written in [project]'],
    [
      '[project]\nname = "x"\n[tool.poetry.dependencies]\npython = "^3"\na = "*"\n',
      'f: tool.poetry.dependencies = ["a"]',
    ],
    ['[tool.poetry]\nname = "x"\n[tool.poetry.dependencies]\na = "*"\n', 'f: tool.poetry.dependencies = ["a"]'],
    ['[project]\nname = "x"\ndependencies = ["a @ {root:uri}/a"]\n', 'no such path'],
    ['[project]\nname = "x"\ndependencies = ["b", "a>=>1"]\n', 'f: project.dependencies = "a>=>1"'],
    ['[project]\nname = "x"\ndependencies = ["a @ https://u:word@h/a"]\n', 'f: project.dependencies = "a …"'],
  ])('refuses %s', (text, words) => {
    expect(() => readPyproject(text, 'f')).toThrow(words);
  });
});

describe('extras', () => {
  const project = (dependencies: string, extras: string) =>
    `[project]\nname = "My.App"\ndependencies = ${dependencies}\n[project.optional-dependencies]\n${extras}\n`;
  const extras =
    'All_ = ["my-app [x-y, z]>=1", "a"]\nx_y = ["b"]\nz = ["my_app[all-]"]\nrest = ["c @ git+https://h/c"]';

  it.each<[string, string, string[], string[]]>([
    ['none of those nobody asks for', '["other[rest]"]', [], []],
    ['those asked for, and what they ask of the project', '[]', ['all-'], ['All_', 'x_y', 'z']],
    ['what dependencies ask of the project', '["MY_app[X-y]"]', [], ['x_y']],
  ])('are facts: %s; and all are known', (_name, dependencies, asked, reached) => {
    const { text, extras: known } = readPyproject(project(dependencies, extras), 'f', { extras: asked });
    expect([...text.matchAll(/^(\w+) = \[ ./gm)].flatMap(([, key]) => (key === 'dependencies' ? [] : [key]))).toEqual(
      reached,
    );
    expect(known).toEqual(['All_', 'x_y', 'z', 'rest']);
  });

  it.each([
    ['y = ["a @ file:///a"]', 'f: project.optional-dependencies.y = "a …"'],
    ['y = ["my-app[z]"]\nz = ["a @ https://u:word@h/a"]', 'f: project.optional-dependencies.z = "a …"'],
  ])('refuse %s', (lists, words) => {
    expect(() => readPyproject(project('[]', lists), 'f', { extras: ['y'] })).toThrow(words);
  });
});

describe('dependency groups', () => {
  const groups =
    '[dependency-groups]\nDev = ["a", {include-group = "re_st"}]\nre-st = ["b", {include-group = "dev"}]\n' +
    'rest = ["c @ https://user:word@host/c"]\n';

  it('are facts when they are asked for or included, and known all the same', () => {
    const { text, groups: known } = readPyproject(groups, 'f', { groups: ['dev'] });
    expect(text).toBe(
      '[dependency-groups]\nDev = [ "a", { include-group = "re_st" } ]\nre-st = [ "b", { include-group = "dev" } ]\n',
    );
    expect(known).toEqual(['Dev', 're-st', 'rest']);
    expect(readPyproject(`${app}${groups}`, 'f').text).toBe(readPyproject(app, 'f').text);
  });

  it.each([
    ['a = ["x @ file:///x"]', 'f: dependency-groups.a = "x …"'],
    ['a = [{include-group = "b"}]\nb = ["x @ https://user:word@host/x"]', 'f: dependency-groups.b = "x …"'],
    ['a = ["x=1"]', 'f: dependency-groups.a = "x=1"'],
  ])('refuse %s', (lists, words) => {
    expect(() => readPyproject(`[dependency-groups]\n${lists}\n`, 'f', { groups: ['a'] })).toThrow(words);
  });
});

describe('distributionName', () => {
  it.each([
    [app, 'app'],
    ['[tool.poetry]\nname = "old"\n', 'old'],
    ['[tool.black]\n', undefined],
    ['[broken', undefined],
    ['[project]\nname = "("\n', undefined],
    ['[project]\nname = "*"\n', undefined],
    ['[project]\nname = "<your-package>*"\n', undefined],
    ['[project]\nname = ""\n', undefined],
    [`${app}[tool.x]\nlargest = 9223372036854775807\n`, 'app'],
  ])('finds in %j %j', (text, name) => {
    expect(distributionName(text)).toBe(name);
  });
});
