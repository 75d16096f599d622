/** The files a configuration's texts lead to, for who must know what a change of them changes, whether they are sound or not. */
import type { Config } from '@nx-ci-cache/records';
import { readInputs } from './inputs';
import { readLock, withoutLock } from './lock-source';
import { filesOnDisk, recorded } from './source-files';

/** Relative to the workspace; as far as they can be read, one that is missing among them. */
export const inputFiles = (config: Config, workspaceRoot: string): readonly string[] => {
  const files = recorded(filesOnDisk(workspaceRoot));
  for (const mode of config.modes) {
    try {
      if (mode.lock !== undefined) readLock(mode.lock, { files, config, mode });
      readInputs({ files, config, mode: withoutLock(mode, config) });
    } catch {
      // What is wrong is told by the snapshot, which must run again when that changes.
    }
  }
  return files.asked();
};
