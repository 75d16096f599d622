/** A folder of this process for one piece of work, gone afterwards, also when the process is told to end or is killed. */
import { randomBytes } from 'node:crypto';
import { mkdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Leftover } from './guardian';
import { forget, remember, wholly } from './leftovers';

/** @param name how the folder's name begins. */
export const inPrivateFolder = async <Result>(
  name: string,
  work: (folder: string) => Promise<Result>,
): Promise<Result> => {
  const unique = `${name}${process.pid}-${randomBytes(6).toString('hex')}`;
  const folder = join(await realpath(tmpdir()), unique) as Leftover;
  // Before it is there: no moment is left in which a killed process would leave it behind.
  remember(folder);
  try {
    await mkdir(folder, { mode: 0o700 });
    return await work(folder);
  } finally {
    await rm(folder, wholly);
    forget(folder);
  }
};
