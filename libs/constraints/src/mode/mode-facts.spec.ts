import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Mode } from '@nx-ci-cache/records';
import { CiCacheError } from '@nx-ci-cache/process';
import { distributionOf } from '../testing/release';
import { readMode } from './mode-facts';

const app =
  '[project]\nname = "app"\nversion = "1"\ndependencies = ["a"]\n[project.optional-dependencies]\nall = ["b"]\n';
const lib =
  '[project]\nname = "lib"\nversion = "1"\n[project.optional-dependencies]\nAll = ["c"]\n[dependency-groups]\ndev = ["d"]\n';

describe('readMode', () => {
  let workspaceRoot: string;
  const files = {
    'apps/x/core.in': '# first\na\n',
    'apps/x/options.in': 'a\n--pre\n',
    'apps/x/bounds.txt': 'a<2\n',
    'apps/x/pyproject.toml': app,
    'libs/lib/pyproject.toml': lib,
    'apps/x/mac.in': 'a\r--pre\r',
    'apps/x/dos.in': 'a\r\nb\r\n',
    'apps/x/mark.in': '\ufeffa\n',
    'apps/x/continued.in': 'a \\\n  >=1 \\\n  ,<2\n# not this \\\nb\n',
    'apps/x/path.in': 'a\n./libs/foo\n',
    'apps/x/hashed.in': 'a==1 \\\n  --hash=sha256:00 \\\n  --hash=sha256:11\nb\n',
    'apps/x/malformed.in': 'a \\\n  >=1\nalpha>=>1\n',
    'apps/x/wide.in': Buffer.from('\ufeffa\n', 'utf16le'),
    'apps/x/wide-unmarked.in': Buffer.from('a\n', 'utf16le'),
    'apps/x/latin.in': Buffer.from('# caf\xe9\n', 'latin1'),
    'apps/x/groups/pyproject.toml': '\ufeff[dependency-groups]\ndev = ["d"]\n',
    'apps/x/later/pyproject.toml': '[project]\nname = "later"\nrequires-python = ">=3.14"\n',
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

  const config = {
    file: 'apps/x/ci-cache.json',
    projectRoot: 'apps/x',
    pythons: ['3.13', '3.14'],
    index: {},
  };
  const read = async (mode: Partial<Mode>, found: readonly string[] = []) => {
    const source = { workspaceRoot, config, mode: { name: 'core', requirements: [], allowSdist: [], ...mode } };
    return (await readMode(source, found)).facts;
  };

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

  it('takes an extra of the one file it is asked of, though another has it too', async () => {
    const requirements = ['{workspaceRoot}/libs/lib/pyproject.toml', { pyproject: 'pyproject.toml', extras: ['all'] }];
    const facts = await read({ requirements });
    expect(facts.requirements.map(({ text }) => /^all = /im.test(text))).toEqual([false, true]);
  });

  it('takes every form of line end, marked or not, and lines that go on, each under its number', async () => {
    const { requirements } = await read({ requirements: ['dos.in', 'mark.in', 'continued.in'] });
    expect(requirements.map(({ text }) => text)).toEqual(['a\nb\n', 'a\n', 'a    >=1    ,<2\n\n\n# not this \\\nb\n']);
  });

  it('takes hashes, which stand on lines that go on', async () => {
    const { requirements } = await read({ requirements: ['hashed.in'] });
    expect(requirements[0]?.text).toBe('a==1    --hash=sha256:00    --hash=sha256:11\n\n\nb\n');
  });

  it('takes groups of a file that is no project', async () => {
    const { requirements } = await read({ requirements: [{ pyproject: 'groups/pyproject.toml', groups: ['dev'] }] });
    expect(requirements[0]?.text).toBe('[dependency-groups]\ndev = [ "d" ]\n');
  });

  it('takes a project for those Pythons it admits', async () => {
    const { requirements } = await read({ requirements: ['later/pyproject.toml'], pythons: ['3.14'] });
    expect(requirements[0]?.text).toContain('requires-python');
  });

  it('takes names and metadata of wheels, whose pins nobody could install', async () => {
    const { wheels, ownPackages } = await read({ resolving: { findLinks: ['dist'] } }, ['zeta']);
    expect(ownPackages).toEqual(['acme', 'zeta']);
    const kept = await read({ resolving: { findLinks: ['dist'], ownPackages: ['!acme'] } });
    expect(kept.ownPackages).toEqual(['!acme']);
    expect(wheels).toEqual([
      { file: 'acme-1.0-py3-none-any.whl', metadata: expect.stringContaining('Requires-Dist: a') },
    ]);
  });

  const place = 'apps/x/ci-cache.json: constraints.modes.core.';
  const faults: readonly [string, Partial<Mode>, ...string[]][] = [
    ['a missing file', { requirements: ['no.in'] }, `${place}requirements[0] = "no.in"`, 'Create apps/x/no.in'],
    ['a missing bounds file', { resolving: { overrides: ['no.txt'] } }, `${place}overrides[0] = "no.txt"`],
    ['an option line', { requirements: ['options.in'] }, 'apps/x/options.in: line 2 = "--pre"', '"prerelease"'],
    ['an option behind a lone carriage return', { requirements: ['mac.in'] }, 'apps/x/mac.in: line 2 = "--pre"'],
    ['a path of nothing', { requirements: ['path.in'] }, 'apps/x/path.in: line 2 = "./libs/foo"', 'pyproject.toml'],
    [
      'an inline path',
      { resolving: { overrides: [{ inline: ['a', 'b @ file:///tmp/b.whl'] }] } },
      `${place}overrides[0].inline[1] = "b …"`,
      'no such path',
    ],
    ['a malformed bound', { requirements: ['malformed.in'] }, 'apps/x/malformed.in: line 3 = "alpha>=>1"'],
    [
      'a malformed limit',
      { resolving: { limits: [{ bound: 'alpha<three', reason: 'it breaks' }] } },
      `${place}limits[0].bound = "alpha<three"`,
    ],
    [
      'a URL among constraints',
      { resolving: { constraints: [{ inline: ['b @ https://user:word@host/b.zip'] }] } },
      `${place}constraints[0].inline[0] = "b …"`,
      'holds no URL',
    ],
    [
      'a malformed build constraint',
      { resolving: { buildConstraints: [{ inline: ['b=1'] }] } },
      `${place}buildConstraints[0].inline[0] = "b=1"`,
    ],
    ['UTF-16', { requirements: ['wide.in'] }, `${place}requirements[0] = "wide.in"`, 'Save apps/x/wide.in in UTF-8'],
    ['UTF-16 without a mark', { requirements: ['wide-unmarked.in'] }, 'a file in UTF-8'],
    ['Latin-1', { resolving: { constraints: ['latin.in'] } }, `${place}constraints[0] = "latin.in"`, 'in UTF-8'],
    [
      'a Python the project does not admit',
      { requirements: ['later/pyproject.toml'] },
      'apps/x/later/pyproject.toml: project.requires-python = ">=3.14"',
      'Leave 3.13 out of constraints.modes.core.pythons in apps/x/ci-cache.json',
    ],
    [
      'a file without a project that is asked for nothing',
      { requirements: ['groups/pyproject.toml'] },
      'project is missing',
      'asked for groups',
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
    expect((await read({ resolving }, ['acme-a', 'zeta'])).ownPackages).toEqual(['zeta', 'legacy', '!acme-*']);
  });
});
