import { CiCacheError } from '@nx-ci-cache/process';
import { attemptEach, throwAll } from './each-part';

const parts = ['3.11', '3.12', '3.13'];

describe('attemptEach', () => {
  const run = async (failing: readonly string[]) => {
    const seen: string[] = [];
    const { done, errors } = await attemptEach(parts, 1, async (python) => {
      seen.push(python);
      if (failing.includes(python)) throw new CiCacheError('ResolveFailed', `no ${python}`, { remedy: 'Mend it.' });
    });
    return { seen, done, thrown: () => throwAll(errors, 'cells') };
  };

  it.each<[string, string[], string | undefined]>([
    ['none', [], undefined],
    ['one', ['3.11'], 'no 3.11'],
    ['several', ['3.11', '3.12'], '2 cells failed:\nResolveFailed: no 3.11\n  → Mend it.\nResolveFailed: no 3.12'],
  ])('visits every part when %s fails, and says what failed', async (_name, failing, words) => {
    const { seen, done, thrown } = await run(failing);
    expect(seen).toEqual(parts);
    expect(done).toEqual(parts.filter((part) => !failing.includes(part)));
    if (words === undefined) expect(thrown).not.toThrow();
    else expect(thrown).toThrow(words);
  });
});
