import type { CellFacts } from '@nx-ci-cache/records';
import { resolveCell } from '../cell/resolve';
import { cellFacts, useFreshCache } from '../testing/cell';
import { startIndex, type LocalIndex } from '../testing/local-index';

describe('a cell that the real resolver refuses', () => {
  useFreshCache();
  let index: LocalIndex;

  beforeAll(async () => {
    index = await startIndex([
      { name: 'alpha', version: '1.0' },
      { name: 'app', version: '1.0', requires: ['Only.Source', 'alpha', 'deep'] },
      { name: 'deep', version: '1.0', requires: ['other-source>=1'] },
      ...['Only.Source', 'other-source', 'old'].map((name) => ({ name, version: '1.0', kind: 'sdist' as const })),
      { name: 'lags', version: '1.0', kind: 'sdist' as const },
      { name: 'lags', version: '0.9' },
      { name: 'exact', version: '1.0', requires: ['lags==1.0'] },
      { name: 'older', version: '1.0' },
      { name: 'older', version: '2.0', kind: 'sdist' as const },
      { name: 'fresh', version: '1.0', tags: 'cp313-cp313-manylinux_2_31_x86_64' },
      { name: 'windows', version: '1.0', tags: 'cp313-cp313-win_amd64' },
      { name: 'patched', version: '1.0', requiresPython: '>=3.13.2' },
      { name: 'bearer', version: '1.0', kind: 'sdist' as const },
      { name: 'bearer', version: '2.0', requires: ['Only.Source'] },
      { name: 'conflict', version: '1.0', requires: ['deep', 'alpha>=2'] },
    ]);
  });

  afterAll(() => index.close());

  const bounds = (text: string) => [{ path: 'bounds.txt', text }];

  it.each<[string, Partial<CellFacts>, string]>([
    ['a requirement', { requirements: [{ path: 'core.in', text: 'alpha>=>1\n' }] }, 'core.in'],
    ['a limit', { limits: [{ bound: 'alpha<three', reason: 'a test' }] }, '"limits" of core'],
    ['a constraint', { constraints: bounds('alpha 1\n') }, 'bounds.txt'],
    ['an override', { overrides: bounds('alpha<1; python <> 3\n') }, 'bounds.txt'],
    ['no requirement at all', { constraints: bounds('???\n') }, 'the file named above'],
  ])('names the file with a malformed line: %s', async (_what, change, file) => {
    await expect(resolveCell({ ...cellFacts(index.url, { requires: ['alpha'] }), ...change })).rejects.toMatchObject({
      code: 'ResolveFailed',
      remedy: `A requirement is malformed: correct it in ${file}.`,
    });
  });

  it('names every package without a wheel in one run, and tries no later day', async () => {
    const facts = cellFacts(index.url, { requires: ['app', 'alpha'], allowSdist: ['old'] });
    await expect(resolveCell(facts)).rejects.toMatchObject({
      message: expect.stringContaining('No usable wheel: only-source, other-source.'),
      remedy: expect.stringContaining('"allowSdist": ["old","only-source","other-source"] to the mode core'),
      data: { withoutWheels: ['only-source', 'other-source'] },
    });
  });

  it('names no package that has a wheel, and only requires one that has none', async () => {
    const facts = cellFacts(index.url, { requires: ['bearer'] });
    await expect(resolveCell(facts)).rejects.toMatchObject({ data: { withoutWheels: ['only-source'] } });
  });

  it('names no package that can do with an older wheel once the others are built', async () => {
    const facts = cellFacts(index.url, { requires: ['exact', 'older'] });
    await expect(resolveCell(facts)).rejects.toMatchObject({ data: { withoutWheels: ['lags'] } });
  });

  it('tries no later day for wheels that are for others alone', async () => {
    const facts = cellFacts(index.url, { requires: ['app', 'fresh', 'windows'] });
    await expect(resolveCell(facts)).rejects.toMatchObject({
      message: expect.stringMatching(/No usable wheel: fresh, only-source, other-source, windows\.$/),
      remedy: expect.stringMatching(
        /"allowSdist": \["only-source","other-source"\] .* The wheels of fresh need "linux": "manylinux_2_31" .* Of windows there is no sdist/,
      ),
    });
  });

  it('offers the newest patch release where that alone solves it, and tries no later day', async () => {
    const facts = cellFacts(index.url, { requires: ['patched'] });
    await expect(resolveCell(facts)).rejects.toMatchObject({
      message: expect.stringMatching(/The patch release is the cause: for Python 3\.13\.\d+ it has a solution\.$/),
      remedy: expect.stringMatching(
        /^Write "3\.13\.\d+" for "3\.13" into "pythons" of ci-cache\.json: "3\.13" means 3\.13\.0/,
      ),
    });
    const { text } = await resolveCell({ ...facts, patch: '3.13.2' });
    expect(text).toMatch(/^# core for Python 3\.13\.2\n[^]*\npatched==1\.0\n$/);
  });

  it('says what is wrong beside the wheels', async () => {
    const facts = cellFacts(index.url, { requires: ['Only.Source', 'conflict'] });
    await expect(resolveCell(facts)).rejects.toMatchObject({
      message: expect.stringMatching(/No usable wheel: .*\nThere is no solution without them either:\n[^]*alpha>=2/),
    });
  });
});
