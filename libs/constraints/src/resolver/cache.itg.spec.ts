/** What the resolver keeps must never answer a cell that would have got another answer from an empty cache. */
import { mkdir, readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { CellFacts } from '@nx-ci-cache/records';
import { observeSdistPython } from './interpreter';
import { observeIndexes } from './indexes';
import { resolveCell } from '../cell/resolve';
import { cellFacts, pinLines, useFreshCache } from '../testing/cell';
import { startIndex, type LocalIndex } from '../testing/local-index';
import { buildBackend } from '../testing/release';

describe('the kept pages and builds of the resolver', () => {
  useFreshCache();
  let index: LocalIndex;
  beforeEach(async () => {
    index = await startIndex([
      { name: 'alpha', version: '1.0' },
      { name: 'undated', version: '1.0', uploaded: null },
      { name: 'gamma', version: '1.0' },
      { name: 'other', version: '1.0' },
      { name: 'maker', version: '1.0', modules: { 'maker.py': buildBackend('gamma') } },
      {
        name: 'maker',
        version: '2.0',
        uploaded: '2026-01-15T00:00:00Z',
        modules: { 'maker.py': buildBackend('other') },
      },
      { name: 'made', version: '1.0', kind: 'sdist', builtBy: 'maker' },
    ]);
  });
  afterEach(() => index.close());

  const pins = async (requires: readonly string[], changes: Partial<CellFacts>) =>
    pinLines((await resolveCell(cellFacts(index.url, { requires, ...changes }))).text);

  it('asks again for a page that another page age kept for longer', async () => {
    expect(await pins(['alpha'], { pageMaxAge: 96 * 3600 })).toEqual(['alpha==1.0']);
    index.publish({ name: 'alpha', version: '1.5', uploaded: '2026-01-20T00:00:00Z' });
    expect(await pins(['alpha'], { pageMaxAge: 96 * 3600 })).toEqual(['alpha==1.0']);
    expect(await pins(['alpha'], { pageMaxAge: 2700 })).toEqual(['alpha==1.5']);
  });

  it('asks again for a page that was kept before its index was said to have no upload times', async () => {
    await expect(pins(['undated'], {})).rejects.toMatchObject({ code: 'ResolveFailed' });
    index.publish({ name: 'undated', version: '2.0', uploaded: null });
    const facts = await observeIndexes(
      { url: index.url, uploadTimes: false, settleSeconds: 3600, windowSeconds: 86_400 },
      { environment: {} },
    );
    expect(await pins(['undated'], facts)).toEqual(['undated==2.0']);
  });

  it('builds an sdist anew when another cut-off gives another build backend', async () => {
    const facts = { allowSdist: ['made'], sdistPython: await observeSdistPython('3.13') };
    expect(await pins(['made'], { ...facts, cutoff: '2026-01-10T00:00:00Z' })).toEqual(['gamma==1.0', 'made==1.0']);
    expect(await pins(['made'], { ...facts, cutoff: '2026-02-01T00:00:00Z' })).toEqual(['made==1.0', 'other==1.0']);
  });

  it('builds an sdist anew when another package of an index without upload times gives another build backend', async () => {
    const sdistPython = await observeSdistPython('3.13');
    const made = async () => {
      const undated = { url: index.url, uploadTimes: false, settleSeconds: 3600, windowSeconds: 86_400 };
      const facts = await observeIndexes(undated, { environment: {} });
      return pins(['made'], { ...facts, allowSdist: ['made'], sdistPython });
    };
    index.withdraw('maker', '2.0');
    expect(await made()).toEqual(['gamma==1.0', 'made==1.0']);
    index.publish({ name: 'maker', version: '3.0', uploaded: null, modules: { 'maker.py': buildBackend('other') } });
    expect(await made()).toEqual(['made==1.0', 'other==1.0']);
  });

  it('builds an sdist anew when its build backend may itself come from an sdist', async () => {
    index.publish({ name: 'maker', version: '3.0', kind: 'sdist' });
    const sdistPython = await observeSdistPython('3.13');
    expect(await pins(['made'], { sdistPython, allowSdist: ['made'] })).toEqual(['made==1.0', 'other==1.0']);
    await expect(pins(['made'], { sdistPython, allowSdist: ['made', 'maker'] })).rejects.toMatchObject({
      message: expect.stringContaining('Failed to build `maker==3.0`'),
    });
  });

  it('keeps pages in a folder that is named from where the task runs', async () => {
    const before = process.cwd();
    process.chdir(String(process.env['UV_CACHE_DIR']));
    process.env['UV_CACHE_DIR'] = '.uv-cache';
    try {
      expect(await pins(['alpha'], {})).toEqual(['alpha==1.0']);
      const asked = index.requests.length;
      expect(await pins(['alpha'], {})).toEqual(['alpha==1.0']);
      expect(index.requests.slice(asked)).toEqual([]);
    } finally {
      process.chdir(before);
    }
  });

  it('removes what nobody used for a week', async () => {
    const all = join(String(process.env['UV_CACHE_DIR']), 'nx-ci-cache');
    const [old, recent] = [join(all, 'old'), join(all, 'recent')];
    for (const folder of [old, recent]) await mkdir(folder, { recursive: true });
    const days = (count: number) => new Date(Date.now() - count * 24 * 60 * 60 * 1000);
    await utimes(old, days(8), days(8));
    await utimes(recent, days(6), days(6));
    await pins(['alpha'], {});
    expect(await readdir(all)).toEqual(expect.arrayContaining(['recent']));
    expect(await readdir(all)).not.toContain('old');
  });
});
