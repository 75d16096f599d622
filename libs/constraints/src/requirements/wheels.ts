/** Wheels of members not yet released, found in the folders a mode names. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { invalid, workspacePath } from '@nx-ci-cache/config';
import type { WheelFact } from '@nx-ci-cache/records';
import { wheelMetadata } from './wheel';
import { modePlace, type ModeSource } from './source-file';

/** In the order of the folders, then by name. @throws CiCacheError `OptionInvalid`: no folder, no wheel in it, or a broken one. */
export const readWheels = async (source: ModeSource, workspaceRoot: string): Promise<WheelFact[]> => {
  const folders = source.mode.resolving?.findLinks ?? [];
  return (
    await Promise.all(folders.map((folder, at) => wheelsIn(folder, `findLinks[${at}]`, source, workspaceRoot)))
  ).flat();
};

const wheelsIn = async (
  folder: string,
  key: string,
  source: ModeSource,
  workspaceRoot: string,
): Promise<WheelFact[]> => {
  const path = workspacePath(folder, source.config);
  const found = await readdir(join(workspaceRoot, path)).catch(() => []);
  const files = found.filter((file) => file.endsWith('.whl')).sort();
  if (files.length === 0) {
    throw invalid(
      modePlace(source, key),
      folder,
      'a folder that holds wheels',
      `Build the members into ${path} first.`,
    );
  }
  return Promise.all(
    files.map(async (file) => {
      const metadata = wheelMetadata(await readFile(join(workspaceRoot, path, file)));
      if (metadata !== undefined) return { file, metadata };
      throw invalid(
        modePlace(source, key),
        `${folder}/${file}`,
        'wheels that are whole',
        `Build ${path}/${file} again.`,
      );
    }),
  );
};
