import { resolveCell } from '../cell/resolve';
import { cellFacts, pinLines, useFreshCache } from '../testing/cell';
import { before, drip, garbage, hang, redirectTo, status, type Fault } from '../testing/faults';
import { startIndex, type LocalIndex } from '../testing/local-index';
import { projectPage } from '../testing/pages';

describe('resolveCell against an index that fails', () => {
  useFreshCache();
  let index: LocalIndex;

  beforeEach(async () => {
    index = await startIndex([
      { name: 'alpha', version: '1.0' },
      { name: 'alpha', version: '1.5', requires: ['beta'] },
      { name: 'beta', version: '1.0' },
    ]);
  });
  afterEach(() => index.close());

  const resolve = async () => pinLines((await resolveCell(cellFacts(index.url, { requires: ['alpha'] }))).text);
  const whole = ['alpha==1.5', 'beta==1.0'];

  const errors: readonly [string, string, Fault, string][] = [
    ['401', '/beta/', status(401), '401'],
    ['403', '/beta/', status(403), '403'],
    ['429 again and again', '/beta/', status(429), '429'],
    ['500 again and again', '/beta/', status(500), '500'],
    ['garbage for a page', '/beta/', garbage(), 'beta'],
    ['garbage for metadata', 'beta-1.0-py3-none-any.whl.metadata', garbage('text/plain'), 'beta'],
    ['a file it does not serve', 'beta-1.0-py3-none-any.whl', status(500), 'beta'],
  ];
  it.each(errors)(
    'that answers %s: an error with its words, never a file with fewer pins',
    async (_name, part, fault, words) => {
      index.plant(part, fault);
      await expect(resolve()).rejects.toMatchObject({ code: 'ResolveFailed', message: expect.stringContaining(words) });
    },
  );

  it.each([429, 500, 503])('that answers %i once: asked again', async (code) => {
    index.plant('/beta/', status(code, { times: 1 }));
    expect(await resolve()).toEqual(whole);
  });

  it('that is slow but alive: waited for', async () => {
    const { type, body } = projectPage([{ name: 'beta', version: '1.0' }], false);
    index.plant('/simple/beta/', drip(type, body));
    expect(await resolve()).toEqual(whole);
  });

  it('that never answers: an error when patience ends', async () => {
    process.env['UV_HTTP_TIMEOUT'] = '1';
    process.env['UV_HTTP_RETRIES'] = '0';
    const { fault, asked } = hang();
    index.plant('/beta/', fault);
    const resolving = resolve();
    await Promise.race([asked, resolving]);
    await expect(resolving).rejects.toMatchObject({
      code: 'ResolveFailed',
      message: expect.stringContaining('/beta/'),
    });
  });

  it('that redirects: followed', async () => {
    const moved = await startIndex([{ name: 'beta', version: '1.0' }]);
    index.plant(
      '/simple/beta/',
      redirectTo(() => `${moved.url}beta/`),
    );
    expect(await resolve()).toEqual(whole);
    expect(moved.requests).toContain('/simple/beta/');
    await moved.close();
  });

  it('that is not there: an error that says how to check it', async () => {
    const nowhere = resolveCell(cellFacts('http://127.0.0.1:9/simple/', { requires: ['alpha'] }));
    await expect(nowhere).rejects.toMatchObject({
      message: expect.stringContaining('Connection refused'),
      remedy: expect.stringContaining('package index can be reached'),
    });
  });

  it('whose package was deleted: unsolvable, in words that name it', async () => {
    index.withdraw('beta', '1.0');
    const facts = cellFacts(index.url, { requires: ['alpha>=1.5'] });
    await expect(resolveCell(facts)).rejects.toThrow(/beta was not found/);
  });

  it('that changes while a cell runs: what comes after the cut-off is not seen', async () => {
    const publish = before(() =>
      index.publish(
        { name: 'beta', version: '2.0', uploaded: '2026-02-01T00:00:00Z' },
        { name: 'alpha', version: '2.0', uploaded: '2026-05-01T00:00:00Z' },
      ),
    );
    index.plant('/simple/alpha/', publish);
    expect(await resolve()).toEqual(whole);
  });
});
