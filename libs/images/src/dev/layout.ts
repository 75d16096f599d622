/** A folder in the layout of OCI: a build adds to what is there, so an earlier image has to go; nothing else may. */
import { readdir, rm } from 'node:fs/promises';
import { CiCacheError } from '@nx-ci-cache/process';

/** @throws CiCacheError `OptionInvalid` for a folder that holds anything else. */
export const clearLayout = async (folder: string): Promise<void> => {
  const names = await readdir(folder).catch(nothingThere);
  if (names.length === 0) return;
  if (!names.includes('oci-layout')) {
    throw new CiCacheError('OptionInvalid', `${folder} holds something else than an image`, {
      remedy: 'Name an empty or new folder in --dest, or a file that ends with .tar.',
    });
  }
  await rm(folder, { recursive: true });
};

const nothingThere = (error: NodeJS.ErrnoException): string[] => {
  if (error.code === 'ENOENT') return [];
  throw error;
};
