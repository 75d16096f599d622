/** A project's configuration from where it was written: ci-cache.json, the options of its snapshot target, or both. */
import { join, posix } from 'node:path';
import { configFileName, readConfig } from '@nx-ci-cache/config';
import { CiCacheError } from '@nx-ci-cache/process';
import type { Config } from '@nx-ci-cache/records';
import { readText } from './json-file';
import { snapshotOptions } from './options';

/**
 * @param root the project's folder relative to the workspace.
 * @throws CiCacheError `OptionInvalid` for a project that has none, or an unsound one.
 */
export const projectConfig = (root: string, workspaceRoot: string, read = readText): Config => {
  const written = {
    text: read(join(workspaceRoot, root, configFileName)),
    options: snapshotOptions(root, workspaceRoot, read),
  };
  if (written.text === undefined && written.options === undefined) throw unconfigured(root);
  return readConfig(written, root);
};

const unconfigured = (root: string) => {
  const file = posix.join(root, configFileName);
  return new CiCacheError('OptionInvalid', `${file} is missing, and no target has its keys as options`, {
    remedy: `Create ${file}, or give a target of this project the executor nx-ci-cache:snapshot and these options.`,
  });
};
