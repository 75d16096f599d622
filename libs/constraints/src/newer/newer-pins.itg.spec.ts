/** What is newer than published pins, asked of a real index over HTTP. */
import type { CellFacts } from '@nx-ci-cache/records';
import { parsePins } from '../file/pins';
import { startIndex, type LocalIndex } from '../testing/local-index';
import { newsOfPins, pagesOnce } from './newer-pins';

let index: LocalIndex;
const since = '2026-02-01T00:00:00Z';
const later = { uploaded: '2026-02-10T00:00:00Z' };

beforeAll(async () => {
  index = await startIndex([
    ...['1.0', '1.1'].map((version) => ({ name: 'held', version })),
    { name: 'held', version: '1.2', ...later },
    { name: 'held', version: '2.0', ...later },
    { name: 'still', version: '1.0' },
    { name: 'still', version: '2.0' },
    { name: 'moved', version: '1.0' },
    { name: 'moved', version: '1.1', ...later },
    { name: 'moved', version: '9.0', uploaded: '2026-03-02T00:00:00Z' },
    { name: 'other', version: '1.0' },
    { name: 'other', version: '1.1', requiresPython: '>=3.14', ...later },
  ]);
});
afterAll(() => index.close());

const facts = (changed: Partial<CellFacts> = {}): CellFacts => ({
  ...{ mode: 'core', python: '3.13', cutoff: '2026-03-01T00:00:00Z', indexUrl: index.url, pageMaxAge: 0 },
  ...{ resolver: 'uv', allowSdist: [], requirements: [] },
  ...changed,
});
const news = async (pins: string, of: CellFacts = facts()) => {
  const pages = pagesOnce({ environment: {}, retry: { tries: 1, baseMs: 1, capMs: 1 } });
  return newsOfPins(parsePins(pins, 'test'), of, since, pages);
};

it('tells what came since the cut-off from what was passed over before', async () => {
  expect(await news('still==1.0\nmoved==1.0\nother==1.0\n')).toEqual([
    { name: 'still', pinned: '1.0', newest: '2.0' },
    { name: 'moved', pinned: '1.0', newest: '1.1', since: '1.1' },
    { name: 'other', pinned: '1.0' },
  ]);
});

it.each([
  ['a bound of a requirement', { requirements: [{ path: 'a.in', text: 'held<1.2 # why\n' }] }, undefined],
  ['a bound that admits one of two', { requirements: [{ path: 'a.in', text: 'Held [x] (<2)\n' }] }, '1.2'],
  ['a limit', { limits: [{ bound: 'held<1.2', reason: 'r' }] }, undefined],
  ['a bound for another Python', { requirements: [{ path: 'a.in', text: 'held<1; python_version < "3.9"\n' }] }, '2.0'],
])('counts with %s', async (_what, changed, expected) => {
  const [held] = await news('held==1.1\n', facts(changed));
  expect([held?.newest, held?.since]).toEqual(['2.0', expected]);
});

it('asks for each project once, and says what it could not see', async () => {
  const pages = pagesOnce({ environment: {} });
  const before = index.requests.length;
  const pins = parsePins('still==1.0\ngone==1.0\n', 'test');
  const [first] = await Promise.all([newsOfPins(pins, facts(), since, pages), newsOfPins(pins, facts(), since, pages)]);
  expect(index.requests.length - before).toBe(2);
  expect(first[1]).toEqual({ name: 'gone', pinned: '1.0', unknown: 'no index has the package' });
});
