import { guardDefaults } from '@nx-ci-cache/config';
import type { CellFacts } from '@nx-ci-cache/records';
import { resolverHere } from '../testing/cell';
import { startIndex, type LocalIndex } from '../testing/local-index';
import { judge } from './judge';
import { pinsOf, readLines } from '../file/lines';
import { proveCell } from './prove';

describe('proveCell with the real resolver on a local index', () => {
  let index: LocalIndex;

  const facts = (text: string, changes: Partial<CellFacts> = {}): CellFacts => ({
    ...{ mode: 'core', python: '3.13', cutoff: '2026-05-01T00:00:00Z', pageMaxAge: 2700, resolver: resolverHere() },
    ...{ indexUrl: index.url, requirements: [{ path: 'core.in', text }], allowSdist: [] },
    ...changes,
  });

  const prove = async (text: string, file: string, changes: Partial<CellFacts> = {}) => {
    const lines = readLines(file);
    const pins = pinsOf(lines);
    const proof = await proveCell(facts(text, changes), pins);
    const own = changes.ownPackages ?? [];
    const subject = { file: 'core-3.13.txt', lines, pins, published: undefined, own, proof };
    const { refusals } = judge(subject, guardDefaults);
    return { proof, refusals: refusals.map(({ guard, text: words }) => `${guard}: ${words}`) };
  };

  beforeAll(async () => {
    index = await startIndex([
      { name: 'app', version: '1.0', requires: ['lib>=1', 'only-old; python_version < "3.12"'] },
      { name: 'lib', version: '1.0' },
      { name: 'lib', version: '2.0' },
      { name: 'only-old', version: '1.0' },
      { name: 'other', version: '1.0', requires: ['lib<2'] },
      { name: 'early', version: '1.0b1' },
      { name: 'way-out', version: '1.0', requires: ['other'] },
      { name: 'way-out', version: '2.0', requires: ['lib>=2'] },
      { name: 'way-out', version: '3.0rc1' },
      { name: 'pulled', version: '1.0' },
      { name: 'pulled', version: '2.0', yanked: 'it deletes things' },
    ]);
  });

  afterEach(() => delete process.env['UV_HTTP_RETRIES']);

  afterAll(() => index.close());

  it('lets a file pass that resolves to itself, although the index has something newer', async () => {
    const { proof, refusals } = await prove('App\n', 'app==1.0\nlib==1.0\n');
    expect(refusals).toEqual([]);
    expect(proof.requirers).toEqual(
      new Map([
        ['app', [{ input: 'core.in' }]],
        ['lib', [{ package: 'app' }]],
      ]),
    );
  });

  it('refuses a pre-release that the resolver took as a way out, unless the mode asks for it', async () => {
    const [requires, file] = ['way-out>=2\nother\n', 'lib==1.0\nother==1.0\nway-out==3.0rc1\n'];
    expect((await prove(requires, file)).refusals).toEqual([
      'no-unasked-prereleases: way-out==3.0rc1 is a pre-release nobody asked for; 2.0 is its newest stable release',
    ]);
    expect((await prove(requires, file, { prereleasePackages: { 'Way.Out': 'allow' } })).refusals).toEqual([]);
    expect((await prove('way-out>=3.0rc1\nother\n', file)).refusals).toEqual([]);
    expect((await prove('early\n', 'early==1.0b1\n')).refusals).toEqual([]);
  });

  it('knows why a published pin goes down: yanked since, or a pre-release nobody asked for', async () => {
    const pins = new Map([
      ['pulled', '1.0'],
      ['way-out', '2.0'],
      ['lib', '1.0'],
    ]);
    const published = new Map([
      ['pulled', '2.0'],
      ['way-out', '3.0rc1'],
      ['lib', '2.0'],
    ]);
    const { withdrawn } = await proveCell(facts('pulled\nway-out\nlib\n'), pins, published);
    expect([...(withdrawn ?? [])]).toEqual([
      ['pulled', '2.0 was yanked: it deletes things'],
      ['way-out', '3.0rc1 is a pre-release nobody asked for'],
    ]);
  });

  it('reads the markers of direct requirements for the Python of the file', async () => {
    const requirements = 'app\nonly-old; python_version < "3.12"\n';
    expect((await prove(requirements, 'app==1.0\nlib==2.0\n')).refusals).toEqual([]);
    expect((await prove(requirements, 'app==1.0\nlib==2.0\n', { python: '3.11' })).refusals).toEqual([
      'direct-requirements: only-old is required directly and has no pin',
      'resolves-to-itself: only-old is required and has no pin; it resolves to 1.0',
    ]);
  });

  const bounds = (text: string) => [{ path: 'bounds.in', text }];
  const missing = ['direct-requirements: lib is required directly and has no pin'];
  const removals: readonly [string, string, string, Partial<CellFacts>, readonly string[]][] = [
    ['excludes that take a direct requirement away', 'app\nlib\n', 'app==1.0\n', { excludes: ['Lib'] }, missing],
    [
      'an override that takes one away',
      'app\nlib\n',
      'app==1.0\n',
      { overrides: bounds('lib; python_version < "3"\n') },
      missing,
    ],
    ['excludes of what others require', 'app\n', 'app==1.0\n', { excludes: ['lib'] }, []],
    [
      'excludes of an own package that is on no index',
      'app\nmember\n',
      'app==1.0\nlib==2.0\n',
      { excludes: ['Member'], ownPackages: ['member'] },
      [],
    ],
    [
      'an override that reconciles requirements with bounds',
      'app\nlib>=2\n',
      'app==1.0\nlib==1.0\n',
      { constraints: bounds('lib<2\n'), overrides: bounds('lib==1.0\n') },
      [],
    ],
    [
      'an override that reconciles requirements with each other',
      'app\nlib>=2\nlib<2\n',
      'app==1.0\nlib==1.0\n',
      { overrides: bounds('lib==1.0\n') },
      [],
    ],
    [
      'a bound that names the pre-release there is',
      'early\n',
      'early==1.0b1\n',
      { prerelease: 'explicit', constraints: bounds('early>=1.0b1\n') },
      [],
    ],
    [
      'an override that takes one away, where a bound names the pre-release there is',
      'app\nearly\nlib\n',
      'app==1.0\nearly==1.0b1\n',
      {
        prerelease: 'explicit',
        limits: [{ bound: 'early>=1.0b1', reason: 'a test' }],
        overrides: bounds('lib; python_version < "3"\n'),
      },
      missing,
    ],
  ];
  it.each(removals)('judges %s', async (_name, text, file, changes, expected) => {
    expect((await prove(text, file, changes)).refusals).toEqual(expected);
  });

  it.each([
    ['a pin that nothing requires', 'app==1.0\nlib==2.0\nother==1.0\n', 'other==1.0 is required by nothing'],
    ['a pin that is missing', 'app==1.0\n', 'lib is required and has no pin; it resolves to 2.0'],
    ['a version that the index does not have', 'app==1.0\nlib==1.5\n', 'no version of lib==1.5'],
  ])('refuses %s', async (_name, file, words) => {
    const { refusals } = await prove('app\n', file);
    expect(refusals).toEqual([expect.stringMatching(/^resolves-to-itself: /)]);
    expect(refusals[0]).toContain(words);
  });

  it('refuses pins that contradict each other, in the words of the resolver, and still knows the direct ones', async () => {
    const { refusals } = await prove('app\nother\nonly-old\n', 'app==1.0\nlib==2.0\nother==1.0\n');
    expect(refusals).toEqual([
      'direct-requirements: only-old is required directly and has no pin',
      expect.stringMatching(/^resolves-to-itself: it does not resolve .*versions of other depend on lib<2/s),
    ]);
  });

  it('says why when the index does not answer', async () => {
    const gone = await startIndex([]);
    await gone.close();
    process.env['UV_HTTP_RETRIES'] = '0';
    const proof = await proveCell({ ...facts('app\n'), indexUrl: gone.url }, new Map([['app', '1.0']]));
    expect(proof).toMatchObject({
      direct: { unproved: expect.stringContaining('app') },
      again: { unproved: expect.stringContaining('app') },
    });
  });
});
