import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Config, Mode } from '@nx-ci-cache/config';
import { CiCacheError } from '@nx-ci-cache/process';
import { distributionOf } from '../testing/release';
import { readModeFacts } from './mode-facts';
import { isOwn, ownPackages } from './own-packages';
import { distributionName, readPyproject } from './pyproject';

const app =
  '[project]\nname = "app"\nversion = "1"\ndependencies = ["a"]\n[project.optional-dependencies]\nall = ["b"]\n';
const lib =
  '[project]\nname = "lib"\nversion = "1"\n[project.optional-dependencies]\nAll = ["c"]\n[dependency-groups]\ndev = ["d"]\n';

describe('readModeFacts', () => {
  let workspaceRoot: string;
  const files = {
    'apps/x/core.in': '# first\na\n',
    'apps/x/options.in': 'a\n-r ../secret.in\n',
    'apps/x/bounds.txt': 'a<2\n',
    'apps/x/pyproject.toml': app,
    'libs/lib/pyproject.toml': lib,
    'apps/x/empty/readme': '',
    'apps/x/broken/a-1-py3-none-any.whl': 'no zip',
  };
  beforeAll(async () => {
    workspaceRoot = await mkdtemp(join(tmpdir(), 'nx-ci-cache-workspace-'));
    const wheel = distributionOf({ name: 'acme', version: '1.0', requires: ['a'] });
    for (const [path, content] of Object.entries({ ...files, [`apps/x/dist/${wheel.file}`]: wheel.bytes })) {
      await mkdir(dirname(join(workspaceRoot, path)), { recursive: true });
      await writeFile(join(workspaceRoot, path), content);
    }
  });
  afterAll(() => rm(workspaceRoot, { recursive: true }));

  const config = { file: 'apps/x/ci-cache.json', projectRoot: 'apps/x' } as Config;
  const read = (mode: Partial<Mode>, found: readonly string[] = []) =>
    readModeFacts({ workspaceRoot, config, mode: { name: 'core', requirements: [], allowSdist: [], ...mode } }, found);

  it('takes texts of every kind in the order written', async () => {
    const facts = await read({
      requirements: [{ inline: ['b', 'a'] }, 'core.in', '{workspaceRoot}/apps/x/bounds.txt'],
      resolving: { constraints: ['bounds.txt'], overrides: [{ inline: ['z==1'] }], excludes: ['y'] },
    });
    expect(facts).toEqual({
      requirements: [
        { path: 'requirements[0]', text: 'b\na\n' },
        { path: 'core.in', text: '# first\na\n' },
        { path: '{workspaceRoot}/apps/x/bounds.txt', text: 'a<2\n' },
      ],
      constraints: [{ path: 'bounds.txt', text: 'a<2\n' }],
      overrides: [{ path: 'overrides[0]', text: 'z==1\n' }],
      excludes: ['y'],
      allowSdist: [],
    });
  });

  it('takes of a pyproject.toml what is asked', async () => {
    const { requirements } = await read({
      requirements: ['pyproject.toml', { pyproject: '{workspaceRoot}/libs/lib/pyproject.toml', groups: ['dev'] }],
    });
    expect(requirements.map(({ extras, groups }) => ({ extras, groups }))).toEqual([
      { extras: undefined, groups: undefined },
      { extras: undefined, groups: ['dev'] },
    ]);
  });

  it('takes names and metadata of wheels', async () => {
    const { wheels } = await read({ resolving: { findLinks: ['dist'] } });
    expect(wheels).toEqual([
      { file: 'acme-1.0-py3-none-any.whl', metadata: expect.stringContaining('Requires-Dist: a') },
    ]);
  });

  const place = 'apps/x/ci-cache.json: constraints.modes.core.';
  const faults: readonly [string, Partial<Mode>, ...string[]][] = [
    ['a missing file', { requirements: ['no.in'] }, `${place}requirements[0] = "no.in"`, 'Create apps/x/no.in'],
    ['a missing bounds file', { resolving: { overrides: ['no.txt'] } }, `${place}overrides[0] = "no.txt"`],
    [
      'an option line',
      { requirements: ['options.in'] },
      'apps/x/options.in: line 2 = "-r ../secret.in"',
      '"requirements"',
    ],
    [
      'an unknown extra',
      { requirements: [{ pyproject: 'pyproject.toml', extras: ['x'] }] },
      'extras = "x"',
      'one of all',
    ],
    [
      'an unknown group',
      { requirements: [{ pyproject: 'pyproject.toml', groups: ['x'] }] },
      'groups = "x"',
      'it has none',
    ],
    [
      'an extra that would come from two',
      { requirements: ['{workspaceRoot}/libs/lib/pyproject.toml', { pyproject: 'pyproject.toml', extras: ['all'] }] },
      `${place}requirements[0].extras`,
      'Ask both for "all"',
    ],
    [
      'a folder without wheels',
      { resolving: { findLinks: ['empty'] } },
      `${place}findLinks[0] = "empty"`,
      'Build the members',
    ],
    ['a broken wheel', { resolving: { findLinks: ['broken'] } }, 'broken/a-1-py3-none-any.whl'],
  ];
  it.each(faults)('refuses %s', async (_name, mode, ...says) => {
    const error = await read(mode).then(
      () => new Error('accepted'),
      (fault: CiCacheError) => fault,
    );
    expect(error).toBeInstanceOf(CiCacheError);
    const { message, remedy } = error as CiCacheError;
    for (const each of says) expect(`${message}\n${remedy}`).toContain(each);
  });

  it('adds what the workspace makes itself, without what is named as released', async () => {
    const resolving = { ownPackages: ['legacy', '!acme-*'] };
    expect((await read({ resolving }, ['acme-a', 'zeta'])).ownPackages).toEqual(['zeta', 'legacy']);
  });
});

describe('readPyproject', () => {
  it('keeps what a resolution reads, so that other tools’ settings miss no cell', () => {
    const { text } = readPyproject(`${app}[tool.ruff]\nline-length = 99\n`, 'f');
    expect(readPyproject(`${app}[tool.ruff]\nline-length = 1\n`, 'f').text).toBe(text);
    expect(text).toContain('dependencies = [ "a" ]');
    expect(text).not.toContain('ruff');
  });

  it.each([
    ['[project', 'f is no TOML'],
    ['[tool.x]\n', 'f: project is missing'],
    ['[project]\nname = "x"\ndynamic = ["dependencies"]\n', 'dependencies written in [project]'],
  ])('refuses %s', (text, words) => {
    expect(() => readPyproject(text, 'f')).toThrow(words);
  });
});

describe('own packages', () => {
  it.each([
    [app, 'app'],
    ['[tool.poetry]\nname = "old"\n', 'old'],
    ['[tool.black]\n', undefined],
    ['[broken', undefined],
  ])('are named by %j', (text, name) => {
    expect(distributionName(text)).toBe(name);
  });

  it.each([
    ['acme-core', ['Acme.Core'], true],
    ['acme-core', ['acme-*'], true],
    ['acme', ['acme-*'], false],
    ['acmexcore', ['acme.core'], false],
  ])('%s by %j: %s', (name, own, is) => {
    expect(isOwn(name, own)).toBe(is);
  });

  it('keep their order', () => {
    expect(ownPackages(['b', 'c'], ['a', '!c'])).toEqual(['b', 'a']);
  });
});
