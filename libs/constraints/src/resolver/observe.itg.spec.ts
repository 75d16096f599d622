import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { observeIndexes } from './indexes';
import { observeResolver } from './observe';

describe('observeResolver', () => {
  const before = process.env['CI_CACHE_UV'];
  let folder: string;

  /** Stands in for releases that this machine does not have. */
  const answer = async (words: string): Promise<void> => {
    const file = join(folder, 'uv');
    await writeFile(file, `#!/bin/sh\necho '${words}'\n`);
    await chmod(file, 0o755);
    process.env['CI_CACHE_UV'] = file;
  };

  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'nx-ci-cache-uv-'))));
  afterEach(async () => {
    if (before === undefined) delete process.env['CI_CACHE_UV'];
    else process.env['CI_CACHE_UV'] = before;
    await rm(folder, { recursive: true, force: true });
  });

  it('takes the real one', async () => {
    expect(await observeResolver()).toMatch(/^uv \d+\.\d+\.\d+$/);
  });

  it('asks no built-in index where the environment names another one', async () => {
    const environment = { UV_INDEX_URL: 'https://me:secret@own.example.com/simple' };
    const config = { settleSeconds: 3600, windowSeconds: 3600 };
    await expect(observeIndexes(config, { environment })).rejects.toMatchObject({
      code: 'OptionInvalid',
      remedy: expect.stringContaining('"index": {"url":"https://own.example.com/simple"}'),
    });
  });

  it('leaves out where and when it was built', async () => {
    await answer('uv 0.13.0 (abc 2026-01-01)');
    expect(await observeResolver()).toBe('uv 0.13.0');
  });

  it.each(['uv 0.12.24', 'uv 0.9.30 (abc 2026-01-01)', 'welcome'])(
    'refuses %s, whose words were never tested',
    async (words) => {
      await answer(words);
      await expect(observeResolver()).rejects.toMatchObject({
        message: expect.stringContaining('is too old: at least 0.13.0 is needed'),
        remedy: expect.stringContaining('Install uv 0.13.0 or newer'),
      });
    },
  );
});
