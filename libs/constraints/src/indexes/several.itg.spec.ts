import type { CellFacts } from '@nx-ci-cache/records';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { resolveCell } from '../cell/resolve';
import { cellFacts, pinLines, useFreshCache } from '../testing/cell';
import { startIndex, type LocalIndex } from '../testing/local-index';
import { indexFingerprint } from './fingerprint';
import { observeIndexes } from '../resolver/indexes';

const credentials = { username: 'reader', password: 'correct horse' };

describe('several indexes', () => {
  useFreshCache();
  let open: LocalIndex[] = [];
  const start = async (...of: Parameters<typeof startIndex>) => {
    const index = await startIndex(...of);
    open.push(index);
    return index;
  };
  afterEach(async () => {
    await Promise.all(open.map((index) => index.close()));
    open = [];
  });
  const pins = async (indexUrl: string, requires: readonly string[], changes: Partial<CellFacts> = {}) =>
    pinLines((await resolveCell(cellFacts(indexUrl, { requires, ...changes }))).text);

  it('take a package from the first that has it, and never ask a stranger for it', async () => {
    const own = await start([{ name: 'acme', version: '1.0', requires: ['alpha'] }]);
    const other = await start([
      { name: 'acme', version: '99.0' },
      { name: 'alpha', version: '1.0' },
    ]);
    const indexes = [{ name: 'own', url: own.url }];
    expect(await pins(other.url, ['acme'], { indexes })).toEqual(['acme==1.0', 'alpha==1.0']);
    expect(other.requests.filter((path) => path.includes('acme'))).toEqual([]);
    expect(await pins(other.url, ['acme'], { indexes, indexStrategy: 'unsafe-best-match' })).toEqual(['acme==99.0']);
  });

  it('that ask for credentials get those of their own name, and nobody else does', async () => {
    const own = await start([{ name: 'acme', version: '1.0' }], { credentials });
    const other = await start([{ name: 'alpha', version: '1.0' }]);
    const indexes = [{ name: 'own-one', url: own.url }];
    Object.assign(process.env, { UV_INDEX_OTHER_USERNAME: 'reader', UV_INDEX_OTHER_PASSWORD: 'correct horse' });
    await expect(pins(other.url, ['acme'], { indexes })).rejects.toMatchObject({
      message: expect.stringContaining('401 Unauthorized, so its view is not whole: own-one or default'),
      remedy: expect.stringContaining('UV_INDEX_OWN_ONE_USERNAME'),
    });
    Object.assign(process.env, { UV_INDEX_OWN_ONE_USERNAME: 'reader', UV_INDEX_OWN_ONE_PASSWORD: 'correct horse' });
    expect(await pins(other.url, ['acme', 'alpha'], { indexes })).toEqual(['acme==1.0', 'alpha==1.0']);
  });

  it('take credentials from netrc and from a keyring, and show them nowhere', async () => {
    const own = await start([{ name: 'acme', version: '1.0' }], { credentials: { ...credentials, password: 'horse' } });
    const folder = await mkdtemp(join(tmpdir(), 'nx-ci-cache-netrc-'));
    await writeFile(join(folder, 'netrc'), 'machine 127.0.0.1 login reader password horse\n', { mode: 0o600 });
    await writeFile(join(folder, 'keyring'), '#!/bin/sh\nprintf "reader\\nhorse\\n"\n');
    await chmod(join(folder, 'keyring'), 0o755);
    process.env['NETRC'] = join(folder, 'netrc');
    expect(await pins(own.url, ['acme'])).toEqual(['acme==1.0']);
    process.env['NETRC'] = join(folder, 'none');
    const path = process.env['PATH'];
    process.env['PATH'] = `${folder}${delimiter}${path}`;
    expect(await pins(own.url, ['acme>=1'], { keyring: true })).toEqual(['acme==1.0']);
    await rm(folder, { recursive: true });
  });

  describe('of which one has no upload times', () => {
    const releases = [
      { name: 'acme', version: '1.0' },
      { name: 'zeta', version: '1.0' },
    ];

    it.each([
      ['HTML', { html: true }, releases],
      ['JSON', {}, releases.map((release) => ({ ...release, uploaded: null }))],
    ])('as %s: refused with its name and the remedy, never seen as empty', async (_form, options, published) => {
      const own = await start(published, options);
      const other = await start([{ name: 'acme', version: '9.0' }]);
      const indexes = [{ name: 'own', url: own.url }];
      await expect(pins(other.url, ['acme'], { indexes })).rejects.toMatchObject({
        code: 'ResolveFailed',
        message: expect.stringMatching(/acme-1\.0-py3-none-any\.whl has no upload time at the index own \(http/),
        remedy: expect.stringContaining('"uploadTimes": false'),
      });
    });

    it('and says so: a fingerprint of its pages is a fact, and moves with every page', async () => {
      const own = await start(releases, { html: true });
      const other = await start([{ name: 'alpha', version: '1.0' }]);
      const config = {
        ...{ settleSeconds: 3600, windowSeconds: 3600, url: other.url },
        indexes: [{ name: 'own', url: own.url, uploadTimes: false }],
      };
      const reader = { environment: {} };
      const facts = await observeIndexes(config, reader);
      expect(facts.indexes).toEqual([{ name: 'own', url: own.url, fingerprint: expect.stringMatching(/^sha256:/) }]);
      expect(await pins(other.url, ['acme', 'alpha'], facts)).toEqual(['acme==1.0', 'alpha==1.0']);
      own.publish({ name: 'acme', version: '1.1' });
      expect((await observeIndexes(config, reader)).indexes).not.toEqual(facts.indexes);
      await expect(pins(other.url, ['acme', 'alpha'], facts)).rejects.toThrow('the index own changed while');
    });

    it('is read with its credentials, and a page that cannot be read is an error', async () => {
      const own = await start(releases, { html: true, credentials });
      const index = { name: 'own', url: own.url };
      const environment = { UV_INDEX_OWN_USERNAME: 'reader', UV_INDEX_OWN_PASSWORD: 'correct horse' };
      expect(await indexFingerprint(index, { environment })).toMatch(/^sha256:/);
      await expect(indexFingerprint(index, { environment: { HOME: '/nowhere' } })).rejects.toMatchObject({
        message: expect.stringMatching(/the index own: .* answered 401/),
        remedy: expect.stringContaining('UV_INDEX_OWN_USERNAME'),
      });
    });
  });
});
