import type { CellFacts } from '@nx-ci-cache/records';
import { resolveCell } from './resolve';
import { observeSdistPython } from '../resolver/interpreter';
import { cellFacts, pinLines, useFreshCache } from '../testing/cell';
import { startIndex, type LocalIndex } from '../testing/local-index';
import { buildBackend } from '../testing/release';

const late = '2026-03-01T00:00:00Z';

describe('resolveCell with inputs of every kind', () => {
  useFreshCache();
  let index: LocalIndex;

  beforeAll(async () => {
    index = await startIndex([
      { name: 'alpha', version: '1.0' },
      { name: 'alpha', version: '1.5' },
      { name: 'alpha', version: '2.0', uploaded: late },
      { name: 'beta', version: '1.0', requires: ['alpha<2'] },
      { name: 'gamma', version: '1.0', extras: ['x'], requires: ['alpha; extra == "x"'] },
      { name: 'asks', version: '1.0', requires: ['gamma[gone]'] },
      { name: 'marks', version: '1.0', requires: ['alpha<1.5; extra == "x"', 'alpha'] },
      { name: 'acme-core', version: '9.0', requires: ['beta'] },
      { name: 'pre', version: '1.0' },
      { name: 'pre', version: '2.0rc1' },
      { name: 'other', version: '1.0' },
      { name: 'other', version: '2.0rc1' },
      { name: 'yanked', version: '1.0' },
      { name: 'yanked', version: '2.0', yanked: 'it deletes things' },
      { name: 'builds', version: '1.0', kind: 'sdist', requires: ['alpha'] },
      { name: 'Split.Name', version: '1.0' },
      { name: 'maker', version: '1.0', modules: { 'maker.py': buildBackend('gamma') } },
      { name: 'maker', version: '2.0', modules: { 'maker.py': buildBackend('other') } },
      { name: 'made', version: '1.0', kind: 'sdist', builtBy: 'maker' },
    ]);
  });
  afterAll(() => index.close());

  const pins = async (requires: readonly string[], changes: Partial<CellFacts> = {}) =>
    pinLines((await resolveCell(cellFacts(index.url, { requires, ...changes }))).text);
  const text = (line: string) => [{ path: 'f.txt', text: `${line}\n` }];

  const cases: readonly [string, readonly string[], Partial<CellFacts>, readonly string[]][] = [
    ['the newest release before the cut-off', ['alpha'], {}, ['alpha==1.5']],
    ['names in their one spelling', ['split_name'], {}, ['split-name==1.0']],
    ['constraints, which require nothing', ['beta'], { constraints: text('alpha<1.5') }, ['alpha==1.0', 'beta==1.0']],
    ['overrides, which replace a bound', ['beta'], { overrides: text('alpha==1.0') }, ['alpha==1.0', 'beta==1.0']],
    ['excludes, wherever required', ['beta'], { excludes: ['alpha'] }, ['beta==1.0']],
    ['limits', ['alpha'], { limits: [{ bound: 'alpha<1.5', reason: 'it breaks' }] }, ['alpha==1.0']],
    ['own packages by name', ['acme-core'], { ownPackages: ['Acme_Core'] }, ['alpha==1.5', 'beta==1.0']],
    ['own packages by pattern', ['acme-core'], { ownPackages: ['acme-*'] }, ['alpha==1.5', 'beta==1.0']],
    [
      'what is no own package after all',
      ['acme-core'],
      { ownPackages: ['acme-*', 'beta', '!acme-c*'] },
      ['acme-core==9.0', 'alpha==1.5'],
    ],
    ['the lowest direct requirement', ['alpha'], { resolution: 'lowest-direct' }, ['alpha==1.0']],
    ['no pre-release by itself', ['pre', 'other'], {}, ['other==1.0', 'pre==1.0']],
    ['pre-releases of all', ['pre', 'other'], { prerelease: 'allow' }, ['other==2.0rc1', 'pre==2.0rc1']],
    ['those of one', ['pre', 'other'], { prereleasePackages: { pre: 'allow' } }, ['other==1.0', 'pre==2.0rc1']],
    ['no yanked release', ['yanked'], {}, ['yanked==1.0']],
    ['a yanked release that is asked for', ['yanked==2.0'], {}, ['yanked==2.0']],
    ['published pins that are kept', ['alpha'], { keep: 'alpha==1.0\n' }, ['alpha==1.0']],
    ['no kept pin that no longer fits', ['alpha>1'], { keep: 'alpha==1.0\n' }, ['alpha==1.5']],
    ['no kept pin that was deleted', ['alpha'], { keep: 'alpha==1.1\n' }, ['alpha==1.5']],
    ['a kept pin that was yanked', ['yanked'], { keep: 'yanked==2.0\n' }, ['yanked==2.0']],
    ['an exempt package', ['alpha'], { exempt: { alpha: '2026-03-01T00:00:01Z' } }, ['alpha==2.0']],
    ['the newest that builds an sdist', ['made'], { allowSdist: ['made'] }, ['made==1.0', 'other==1.0']],
    [
      'bounds of what builds an sdist',
      ['made'],
      { allowSdist: ['made'], buildConstraints: text('maker<2') },
      ['gamma==1.0', 'made==1.0'],
    ],
    ['an sdist allowed by name', ['builds'], { allowSdist: ['builds'] }, ['alpha==1.5', 'builds==1.0']],
  ];
  it.each(cases)('takes %s', async (_name, requires, changes, expected) => {
    expect(await pins(requires, changes)).toEqual(expected);
  });

  it('builds an sdist anew under other bounds, and names the Python that is to do it', async () => {
    const allowed = { allowSdist: ['made'], sdistPython: await observeSdistPython('3.13') };
    expect(await pins(['made'], allowed)).toEqual(['made==1.0', 'other==1.0']);
    const bounded = { ...allowed, buildConstraints: text('maker<2') };
    expect(await pins(['made'], bounded)).toEqual(['gamma==1.0', 'made==1.0']);
    await expect(pins(['made'], { ...allowed, sdistPython: '3.99.0' })).rejects.toMatchObject({
      message: 'Python 3.99.0, which is to build sdists, is not on this machine',
      remedy: expect.stringContaining('install 3.99.0 here'),
    });
  });

  it('builds sdists with another Python where it has to, and says which', async () => {
    expect(await observeSdistPython('3.99')).toMatch(/^\d+\.\d+\.\d+/);
  });

  const project = (text: string) => [
    { path: 'app/pyproject.toml', text: `[project]\nname = "app"\nversion = "1"\n${text}\n` },
  ];

  it('refuses an sdist that is not allowed, and builds nothing', async () => {
    await expect(pins(['builds'])).rejects.toThrow(/no usable wheels[\s\S]*Wheels are required for `builds`/);
  });

  it('takes extras and groups of a pyproject.toml, and never the project itself', async () => {
    const project = [
      '[project]\nname = "app"\ndynamic = ["version"]\ndependencies = ["other"]',
      '[project.optional-dependencies]\nall = ["app[x]"]\nx = ["gamma[x]"]',
      '[dependency-groups]\ndev = ["pre"]',
      '[tool.uv.sources]\nother = { path = "/nowhere" }\n',
    ].join('\n');
    const requirements = [{ path: 'app/pyproject.toml', text: project, extras: ['all'], groups: ['dev'] }];
    expect(await pins([], { requirements } as Partial<CellFacts>)).toEqual([
      'alpha==1.5',
      'gamma==1.0',
      'other==1.0',
      'pre==1.0',
    ]);
  });

  it('takes an extra of the one project that has it', async () => {
    const requirements = [
      { path: 'lib/pyproject.toml', text: '[project]\nname = "lib"\nversion = "1"\ndependencies = ["other"]\n' },
      ...project('[project.optional-dependencies]\nall = ["pre"]').map((each) => ({ ...each, extras: ['all'] })),
    ];
    expect(await pins([], { requirements })).toEqual(['other==1.0', 'pre==1.0']);
  });

  it('takes groups of a file that is no project, and builds nothing', async () => {
    const requirements = [
      { path: 'pyproject.toml', text: '[dependency-groups]\ndev = ["pre"]\nrest = ["other"]\n', groups: ['dev'] },
    ];
    expect(await pins([], { requirements } as Partial<CellFacts>)).toEqual(['pre==1.0']);
  });

  it('takes a member not yet released from its wheel, however new the release of a stranger', async () => {
    const metadata = 'Metadata-Version: 2.1\nName: acme-core\nVersion: 1.0\nRequires-Dist: alpha<1.5\n';
    const wheels = [{ file: 'acme_core-1.0-py3-none-any.whl', metadata }];
    const facts = cellFacts(index.url, { requires: ['acme-core'], wheels, ownPackages: ['acme-core'] });
    const { text: made, leftOut } = await resolveCell(facts);
    expect(pinLines(made)).toEqual(['alpha==1.0']);
    expect(leftOut).toEqual(['acme-core==1.0']);
  });

  it('warns of what is odd and resolves all the same, in one order and without words about this machine', async () => {
    const facts = cellFacts(index.url, {
      requires: ['yanked==2.0', 'asks'],
      constraints: text('# nothing'),
      limits: [
        { bound: 'Asks<2', reason: 'it breaks' },
        { bound: 'alhpa<2', reason: 'a slip' },
      ],
      prereleasePackages: { Per: 'allow' },
    });
    expect((await resolveCell(facts)).warnings).toEqual([
      '"Per" in "prereleasePackages": this cell resolves to no per',
      '"alhpa<2" in "limits": this cell resolves to no alhpa',
      'Requirements file `f.txt` does not contain any dependencies',
      'The package `gamma==1.0` does not have an extra named `gone`',
      '`yanked==2.0` is yanked (reason: "it deletes things")',
    ]);
    expect((await resolveCell(cellFacts(index.url, { requires: ['alpha'] }))).warnings).toBeUndefined();
  });

  it.each([
    ['a requirement', 'core.in', { requires: ['alpha', 'Gamma [x, No_pe]>=1  # gamma[y]'] }],
    ['an override', 'f.txt', { requires: ['gamma'], overrides: text('gamma[nope]==1.0') }],
    [
      'a project',
      'app/pyproject.toml',
      { requires: [], requirements: project('dependencies = ["alpha", "gamma[nope]"]') },
    ],
  ])('refuses an extra that a release has not, asked for by %s', async (_name, file, changes) => {
    await expect(resolveCell(cellFacts(index.url, changes))).rejects.toMatchObject({
      code: 'ResolveFailed',
      message: expect.stringMatching(
        new RegExp(`^core on Python 3\\.13: ${file} asks for gamma\\[no-?pe\\], and gamma==1\\.0 has no such extra$`),
      ),
      remedy: expect.stringMatching(/^Correct the extra/),
    });
  });

  it('takes an extra that metadata names in markers alone', async () => {
    expect(await pins(['marks[x]'])).toEqual(['alpha==1.0', 'marks==1.0']);
  });

  it('says which requirement holds for another platform of the project alone', async () => {
    const requires = ['alpha', 'beta; platform_machine == "aarch64"'];
    const facts = { ...cellFacts(index.url, { requires }), platforms: ['linux/arm64/v8'] };
    expect((await resolveCell(facts)).warnings).toEqual([
      'beta is required on linux/arm64/v8 only: this file is for linux/amd64, and has no pin of it',
    ]);
  });

  it('explains what has no solution, in the names of our files', async () => {
    const unsolvable = pins(['beta'], { constraints: [{ path: 'bounds.txt', text: 'alpha>=2\nalpha<1 x\n' }] });
    await expect(unsolvable).rejects.toMatchObject({
      code: 'ResolveFailed',
      message: expect.stringContaining('bounds.txt'),
    });
    await expect(unsolvable).rejects.not.toMatchObject({ message: expect.stringContaining('3.11') });
  });

  it('names the first later day that solves it, when the cut-off is the cause', async () => {
    await expect(pins(['alpha>=2'])).rejects.toMatchObject({
      message: expect.stringContaining('The cut-off is the cause: with releases up to 2026-03-02T00:00:00Z'),
      remedy: expect.stringMatching(
        /CI_CACHE_CUTOFF=2026-03-02T00:00:00Z .*, name .*"cutoffExempt", or loosen core\.in/,
      ),
      data: expect.objectContaining({ later: '2026-03-02T00:00:00Z' }),
    });
  });

  it('does not blame the cut-off for a conflict that stays', async () => {
    await expect(pins(['beta', 'alpha>=2'])).rejects.toMatchObject({
      message: expect.not.stringContaining('The cut-off is the cause'),
      remedy: expect.stringContaining('Loosen core.in'),
    });
  });
});
