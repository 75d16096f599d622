import { freezeLine } from './freeze';
import type { FreezeRecord } from '@nx-ci-cache/records';

const record: FreezeRecord = {
  ...{ run: 'r', result: 'frozen', image: 'ci', python: '3.13', platform: 'linux/amd64' },
  ...{ cutoff: '2026-05-01T00:00:00Z', packages: 12, node: 'linux-amd64', steps: { total: 5, cached: 5 } },
};

describe('freezeLine', () => {
  it.each([
    ['no record', undefined, 'skipped', /did not run/],
    ['every step cached', record, 'unchanged', /^12 packages, nothing was built$/],
    [
      'steps that ran',
      { ...record, steps: { total: 5, cached: 3 } },
      'done',
      /^12 packages, 2 of 5 steps ran on linux-amd64$/,
    ],
    ['a failure', { run: 'r', result: 'failed' as const, error: 'the words' }, 'failed', /^the words$/],
  ])('of %s', (_case, given, status, text) => {
    expect(freezeLine(given)).toEqual({ status, text: expect.stringMatching(text) });
  });
});
