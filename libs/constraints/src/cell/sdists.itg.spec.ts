import type { CellFacts } from '@nx-ci-cache/records';
import { cellFacts, pinLines, useFreshCache } from '../testing/cell';
import { startIndex, type LocalIndex } from '../testing/local-index';
import { resolveCell } from './resolve';

describe('packages that may be built', () => {
  useFreshCache();
  let index: LocalIndex;

  beforeAll(async () => {
    const sdist = { kind: 'sdist' as const };
    index = await startIndex([
      ...['wheel', 'built', 'bare'].map((name) => ({ name, version: '1.0' })),
      { name: 'both', version: '1.0', requires: ['wheel'] },
      { name: 'both', version: '1.0', requires: ['built'], ...sdist },
      { name: 'older', version: '1.0', requires: ['wheel'] },
      { name: 'older', version: '2.0', requires: ['built'], ...sdist },
      { name: 'bounded', version: '1.0', requires: ['wheel'] },
      { name: 'bounded', version: '1.0', requires: ['built'], ...sdist },
      { name: 'bounded', version: '2.0', requires: ['built'], ...sdist },
      { name: 'middle', version: '1.0', requires: ['wheel'] },
      { name: 'middle', version: '2.0', requires: ['built'], ...sdist },
      { name: 'middle', version: '3.0', requires: ['wheel'] },
      { name: 'middle', version: '3.0', requires: ['built'], ...sdist },
      { name: 'wheels', version: '1.0', requires: ['built'], ...sdist },
      { name: 'wheels', version: '2.0', requires: ['wheel'] },
      { name: 'only', version: '1.0', requires: ['built'], ...sdist },
    ]);
  });
  afterAll(() => index.close());

  it.each<[string, readonly string[], CellFacts['allowSdist'], readonly string[]]>([
    ['the wheel where the release has one', ['both'], ['Both'], ['both==1.0', 'wheel==1.0']],
    ['the wheel of all where there is one', ['both'], 'all', ['both==1.0', 'wheel==1.0']],
    ['the newest, which has none', ['older'], ['older'], ['built==1.0', 'older==2.0']],
    ['the newest of all, which has none', ['older', 'only'], 'all', ['built==1.0', 'older==2.0', 'only==1.0']],
    ['the wheel of a release that a bound chose', ['bounded<2'], ['bounded'], ['bounded==1.0', 'wheel==1.0']],
    ['the sdist of a release that a bound chose', ['middle<3'], ['middle'], ['built==1.0', 'middle==2.0']],
    ['a release that has a wheel alone', ['wheels'], ['wheels'], ['wheel==1.0', 'wheels==2.0']],
    ['the sdist where a bound rules that out', ['wheels<2'], ['wheels'], ['built==1.0', 'wheels==1.0']],
    ['a package that has wheels alone', ['bare'], ['bare'], ['bare==1.0']],
    [
      'what is not named from its wheel',
      ['older', 'only'],
      ['only'],
      ['built==1.0', 'older==1.0', 'only==1.0', 'wheel==1.0'],
    ],
  ])('take %s', async (_what, requires, allowSdist, expected) => {
    expect(pinLines((await resolveCell(cellFacts(index.url, { requires, allowSdist }))).text)).toEqual(expected);
  });
});
