/** A file that is there is somebody's work: it is replaced when that is asked for, and never by accident. */
import type { Tree } from '@nx/devkit';
import { CiCacheError } from '@nx-ci-cache/process';

export const refuseOverwrite = (tree: Tree, file: string, force: boolean): void => {
  if (force || !tree.exists(file)) return;
  throw new CiCacheError('OptionInvalid', `${file} is there already`, {
    remedy: 'Give --force to write it anew, or change it by hand.',
    data: { file },
  });
};
