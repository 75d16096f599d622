/**
 * A copy of the index for commands that write to it even when they only compare: `git diff` renews what the index knows of
 * a file that was touched and not changed, GIT_OPTIONAL_LOCKS or not, and told not to would call that file changed.
 */
import { copyFile, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { inPrivateFolder } from '@nx-ci-cache/process';
import type { Checkout } from './checkout';
import { gitPathOf } from './head';

export const withOwnIndex = async <Value>(
  checkout: Checkout,
  work: (checkout: Checkout) => Promise<Value>,
): Promise<Value> => {
  const index = await gitPathOf(checkout, 'index');
  return inPrivateFolder('ci-cache-index-', async (folder) => {
    const copy = join(folder, 'index');
    await copyIfPresent(index, copy);
    return work(checkout.withIndex(copy));
  });
};

/** A file that is as young as the index is compared by content. So the copy must be no younger, nor of a later index. */
const copyIfPresent = async (index: string, copy: string): Promise<void> => {
  try {
    const seconds = Math.floor((await stat(index)).mtimeMs / 1000);
    await copyFile(index, copy);
    await utimes(copy, seconds, seconds);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
};
