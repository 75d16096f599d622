/** A folder of this process for one piece of work, gone afterwards, also when the process is told to end. */
import { rmSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const inUse = new Set<string>();
let isWatching = false;

/** What a child that was just killed still wrote can be in the way for a moment. */
const wholly = { recursive: true, force: true, maxRetries: 5 } as const;

/** @param name how the folder's name begins. */
export const inPrivateFolder = async <Result>(
  name: string,
  work: (folder: string) => Promise<Result>,
): Promise<Result> => {
  const folder = await mkdtemp(join(await realpath(tmpdir()), `${name}${process.pid}-`));
  inUse.add(folder);
  watch();
  try {
    return await work(folder);
  } finally {
    await rm(folder, wholly);
    inUse.delete(folder);
  }
};

/** An ended process runs no `finally`. One listener for all folders: one each would be taken for a leak. */
const watch = (): void => {
  if (isWatching) return;
  isWatching = true;
  process.once('exit', () => inUse.forEach((folder) => rmSync(folder, wholly)));
};
