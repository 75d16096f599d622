import type { CellFacts } from '@nx-ci-cache/records';
import { cellFacts, pinLines, useFreshCache } from '../testing/cell';
import { startIndex, type LocalIndex } from '../testing/local-index';
import { lockedCell } from './locked-cell';

describe('a cell of a lock', () => {
  useFreshCache();
  let index: LocalIndex;
  beforeAll(async () => {
    index = await startIndex(['1.0', '2.0'].map((version) => ({ name: 'alpha', version })));
  });
  afterAll(() => index.close());

  const locked = { path: 'uv.lock', pins: 'alpha==1.0\nbeta==1.0\nours==2.0\n', others: ['app==1.0'] };
  const make = (changes: Partial<CellFacts> & { readonly requires: readonly string[] }) =>
    lockedCell(cellFacts(index.url, { ownPackages: ['ours'], locked, ...changes }), locked);

  it('holds what the lock holds, and says where a fresh resolution differs', async () => {
    const { text, pins, leftOut, warnings } = await make({ requires: ['alpha'] });
    expect(pinLines(text)).toEqual(['alpha==1.0', 'beta==1.0']);
    expect(text).toContain('# What uv.lock holds.');
    expect({ pins, leftOut }).toEqual({ pins: 2, leftOut: ['app==1.0', 'ours==2.0'] });
    expect(warnings).toEqual([
      'uv.lock: a fresh resolution at 2026-02-01T00:00:00Z differs in 2 of 2 pins: alpha 1.0 → 2.0, beta 1.0 → absent',
    ]);
  });

  it('stays as it is where a fresh resolution has no solution, which is said', async () => {
    const { pins, warnings } = await make({ requires: ['alpha>3'] });
    expect(pins).toBe(2);
    expect(warnings).toEqual([
      expect.stringContaining('uv.lock: a fresh resolution at 2026-02-01T00:00:00Z has no solution'),
    ]);
  });
});
