import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordPaths } from '@nx-ci-cache/records';
import { CiCacheError, writeJson } from '@nx-ci-cache/process';
import type { StepContext } from '../../step/context/context';
import { requireGates } from '../../step/push/gates';
import { pushConstraints } from './executor';

jest.mock('../../step/push/gates');

const paths = recordPaths('app');
const refusal = new CiCacheError('PushRefused', 'gates are missing', { remedy: 'Run them.' });
const misspelt = new CiCacheError('OptionInvalid', 'push.gates[0] = "api:tset"', { remedy: 'Correct it.' });
const unreachable = new CiCacheError('CommandFailed', 'git ls-remote failed', { remedy: 'Run again.' });

it.each([
  ['a refusal', refusal, 'refused'],
  ['a no of the configuration', misspelt, 'refused'],
  ['a fault of which nobody knows what it left', unreachable, 'failed'],
  ['a fault of ours', new Error('oops'), 'failed'],
])('records %s that is thrown', async (_name, error, result) => {
  const root = mkdtempSync(join(tmpdir(), 'push-constraints-'));
  const at = (path: string) => join(root, path);
  try {
    await writeJson(at(paths.branch), { run: 'r', branch: 'constraints-main', remote: 'x', tip: null });
    const context = { at, paths, projectName: 'app' } as unknown as StepContext;
    jest.mocked(requireGates).mockImplementation(() => {
      throw error;
    });
    await expect(pushConstraints({}, context)).rejects.toBe(error);
    expect(JSON.parse(readFileSync(at(paths.push), 'utf8'))).toMatchObject({
      ...{ run: 'r', result, newCommit: null, error: expect.stringContaining(error.message) },
    });
  } finally {
    rmSync(root, { recursive: true });
  }
});
