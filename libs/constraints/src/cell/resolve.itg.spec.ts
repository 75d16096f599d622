import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { CellFacts } from '@nx-ci-cache/records';
import { observeDefaultIndex, observeResolver } from '../resolver/observe';
import { resolveCell } from './resolve';

const privateFolders = async () =>
  (await readdir(tmpdir())).filter((name) => name.startsWith(`nx-ci-cache-cell-${process.pid}-`));

describe('resolveCell with the real resolver and index', () => {
  let facts: CellFacts;

  beforeAll(async () => {
    facts = {
      mode: 'constraints',
      python: '3.13',
      cutoff: '2026-05-01T00:00:00Z',
      indexUrl: await observeDefaultIndex(),
      pageMaxAge: 2700,
      resolver: await observeResolver(),
      requirements: [{ path: 'a.in', text: 'requests\n' }],
      allowSdist: [],
    };
  });

  it('names the resolver by version alone', () => {
    expect(facts.resolver).toMatch(/^uv \d+\.\d+\.\d+$/);
  });

  it('gives the same bytes each time, whatever the time zone and the environment', async () => {
    const first = await resolveCell(facts);
    process.env['UV_EXCLUDE_NEWER'] = '2020-01-01T00:00:00Z';
    process.env['TZ'] = 'Asia/Tokyo';
    const second = await resolveCell(facts);
    delete process.env['UV_EXCLUDE_NEWER'];
    delete process.env['TZ'];
    expect(second).toEqual(first);
    expect(first.pins).toBe(5);
    expect(first.text).toMatch(/^# constraints for Python 3\.13\n/);
    expect(first.text).toMatch(/\nrequests==2\.\d+\.\d+\nurllib3==/);
  });

  it('sees only releases before the cut-off', async () => {
    const { text } = await resolveCell({ ...facts, cutoff: '2022-01-01T00:00:00Z' });
    expect(text).toContain('\nrequests==2.26.0\n');
  });

  it('explains what has no solution, and leaves nothing behind', async () => {
    const unsolvable = { ...facts, requirements: [{ path: 'bad.in', text: 'requests==2.31.0\nurllib3<1.20\n' }] };
    await expect(resolveCell(unsolvable)).rejects.toMatchObject({
      code: 'ResolveFailed',
      message: expect.stringContaining('your requirements are unsatisfiable'),
      remedy: expect.stringContaining('bad.in'),
    });
    expect(await privateFolders()).toEqual([]);
  });
});
