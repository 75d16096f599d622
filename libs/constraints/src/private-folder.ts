/** A folder of this process for one piece of work, gone afterwards, also when the process is told to end. */
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How the name of each begins. */
export const privateFolderName = 'nx-ci-cache-cell-';

export const inPrivateFolder = async <Result>(work: (folder: string) => Promise<Result>): Promise<Result> => {
  const folder = await mkdtemp(join(tmpdir(), `${privateFolderName}${process.pid}-`));
  // An ended process runs no `finally`.
  const onExit = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', onExit);
  try {
    return await work(folder);
  } finally {
    process.removeListener('exit', onExit);
    await rm(folder, { recursive: true, force: true });
  }
};
