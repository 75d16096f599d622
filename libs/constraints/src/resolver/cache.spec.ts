import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheArguments } from './cache';
import { cellFacts } from '../testing/cell';

jest.mock('node:fs/promises', () => ({
  ...jest.requireActual<object>('node:fs/promises'),
  utimes: () => Promise.reject(new Error('EPERM: operation not permitted, utime')),
}));

it('uses a folder that another user made in a cache they share', async () => {
  const root = mkdtempSync(join(tmpdir(), 'nx-ci-cache-shared-'));
  const { CI_CACHE_UV: before } = process.env;
  process.env['CI_CACHE_UV'] = join(root, 'uv');
  try {
    writeFileSync(join(root, 'uv'), `#!/bin/sh\necho ${root}\n`, { mode: 0o755 });
    const [option, folder = ''] = await cacheArguments(cellFacts('http://127.0.0.1:9/simple/', { requires: [] }));
    expect([option, folder.startsWith(join(root, 'nx-ci-cache')), existsSync(folder)]).toEqual([
      '--cache-dir',
      true,
      true,
    ]);
  } finally {
    if (before === undefined) delete process.env['CI_CACHE_UV'];
    else process.env['CI_CACHE_UV'] = before;
    rmSync(root, { recursive: true });
  }
});
