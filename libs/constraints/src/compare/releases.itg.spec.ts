import type { CellFacts } from '@nx-ci-cache/records';
import { cellFacts } from '../testing/cell';
import { garbage, hang, status } from '../testing/faults';
import { startIndex, type LocalIndex } from '../testing/local-index';
import { lookUpReleases, type ReleaseLookup } from './releases';

const quick = { tries: 1, baseMs: 0, capMs: 0 };

describe('lookUpReleases on a local index', () => {
  let index: LocalIndex;

  const lookup = (more: Partial<ReleaseLookup> = {}): ReleaseLookup => ({
    facts: { indexUrl: index.url, cutoff: '2026-05-01T00:00:00Z' } as CellFacts,
    reader: { environment: {}, retry: quick },
    ...more,
  });
  const ask = async (name: string, version: string, more?: Partial<ReleaseLookup>) =>
    (await lookUpReleases([{ name, version }], lookup(more))).get(`${name}==${version}`);

  beforeEach(async () => {
    index = await startIndex([
      { name: 'Zope.Interface', version: '5.4', uploaded: '2026-04-20T12:00:00.123456Z' },
      { name: 'Zope.Interface', version: '5.4', kind: 'sdist', uploaded: '2026-04-21T12:00:00Z' },
      { name: 'bad', version: '1.0', yanked: 'wrong <metadata>' },
      { name: 'bad', version: '2.0', yanked: true },
      { name: 'half', version: '1.0', yanked: true },
      { name: 'half', version: '1.0', kind: 'sdist' },
      { name: 'undated', version: '1.0', uploaded: null },
    ]);
  });

  afterEach(() => index.close());

  it.each([
    [
      'its first file, whole days before the cut-off',
      'zope-interface',
      '5.4',
      { uploaded: '2026-04-20T12:00:00Z', ageDays: 10 },
    ],
    ['a version in another spelling', 'zope-interface', '5.4.0', { ageDays: 10 }],
    ['a yank with its reason', 'bad', '1.0', { yanked: 'wrong <metadata>' }],
    ['a yank without a reason', 'bad', '2', { yanked: '' }],
    ['no date where the index gives none', 'undated', '1.0', {}],
  ])('tells %s', async (_name, name, version, expected) => {
    const found = await ask(name, version);
    expect(found).toMatchObject(expected);
    expect(found).not.toHaveProperty('unknown');
  });

  it('takes a release for yanked only when each of its files is', async () => {
    expect(await ask('half', '1.0')).not.toHaveProperty('yanked');
  });

  it('asks once for each name', async () => {
    await lookUpReleases(
      [
        { name: 'bad', version: '1.0' },
        { name: 'bad', version: '2.0' },
        { name: 'half', version: '1.0' },
      ],
      lookup(),
    );
    expect([...index.requests].sort()).toEqual(['/simple/bad/', '/simple/half/']);
  });

  it.each<[string, string, () => void, RegExp]>([
    ['a name the index does not have', 'stranger', () => undefined, /no index has the package/],
    ['a version that was deleted', 'bad', () => index.withdraw('bad', '1.0'), /no file of this version any more/],
    ['a failing index', 'bad', () => index.plant('/bad/', status(503)), /answered 503/],
    ['garbage', 'bad', () => index.plant('/bad/', garbage()), /does not speak/],
    ['an index of HTML', 'bad', () => index.plant('/bad/', garbage('text/html')), /does not speak/],
  ])('is unknown, with the reason, for %s', async (_name, name, prepare, reason) => {
    prepare();
    expect(await ask(name, '1.0')).toEqual({ unknown: expect.stringMatching(reason) });
  });

  describe('with an index before it', () => {
    let first: LocalIndex;

    beforeEach(async () => {
      first = await startIndex([{ name: 'bad', version: '0.5' }]);
    });

    afterEach(() => first.close());

    const both = (changes: Partial<CellFacts> = {}) =>
      lookup({
        facts: { ...cellFacts(index.url, { requires: [] }), indexes: [{ name: 'first', url: first.url }], ...changes },
      });

    it.each(['unsafe-best-match', 'unsafe-first-match'])(
      'goes on to the page that has the version under %s',
      async (indexStrategy) => {
        expect(await ask('bad', '1.0', both({ indexStrategy }))).toMatchObject({ yanked: 'wrong <metadata>' });
        expect(await ask('bad', '0.5', both({ indexStrategy }))).toMatchObject({ uploaded: '2026-01-01T00:00:00Z' });
        expect(await ask('bad', '3.0', both({ indexStrategy }))).toEqual({ unknown: expect.stringMatching(/no file/) });
        first.plant('/bad/', garbage());
        expect(await ask('bad', '1.0', both({ indexStrategy }))).toMatchObject({ yanked: 'wrong <metadata>' });
        expect(await ask('bad', '3.0', both({ indexStrategy }))).toEqual({
          unknown: expect.stringMatching(/does not speak/),
        });
      },
    );

    it('asks no index after the first that has the package by default', async () => {
      expect(await ask('bad', '1.0', both())).toEqual({ unknown: expect.stringMatching(/no file/) });
      expect(index.requests).toEqual([]);
    });
  });

  it('is unknown when the time is up, and keeps what came before', async () => {
    index.plant('/bad/', hang().fault);
    const answers = lookUpReleases(
      [
        { name: 'half', version: '1.0' },
        { name: 'bad', version: '1.0' },
      ],
      lookup({ timeoutMs: 1500 }),
    );
    expect((await answers).get('half==1.0')).toMatchObject({ uploaded: '2026-01-01T00:00:00Z' });
    expect((await answers).get('bad==1.0')).toEqual({ unknown: 'the index did not answer within 1.5 s' });
  });
});
