import { CiCacheError } from '@nx-ci-cache/process';
import { eachCell } from './each-cell';

const cells = ['3.11', '3.12', '3.13'].map((python) => ({ mode: 'core', python }));

describe('eachCell', () => {
  const run = async (failing: readonly string[]) => {
    const seen: string[] = [];
    const done = eachCell(cells, async ({ python }) => {
      seen.push(python);
      if (failing.includes(python)) throw new CiCacheError('ResolveFailed', `no ${python}`, { remedy: 'Mend it.' });
    });
    return {
      error: await done.then(
        () => undefined,
        (error: unknown) => error,
      ),
      seen,
    };
  };

  it.each([
    ['none', [], undefined],
    ['one', ['3.11'], 'no 3.11'],
    ['several', ['3.11', '3.12'], '2 cells failed:\nResolveFailed: no 3.11\n  → Mend it.\nResolveFailed: no 3.12'],
  ])('visits every cell when %s fails, and says what failed', async (_name, failing, words) => {
    const { error, seen } = await run(failing);
    expect(seen).toEqual(['3.11', '3.12', '3.13']);
    expect(error instanceof Error ? error.message : error).toEqual(words && expect.stringContaining(words));
  });
});
