/** Files of a generator's tree by their absolute paths, as those of the disk are read elsewhere. */
import { relative } from 'node:path';
import type { Tree } from '@nx/devkit';
import type { ReadText } from '../../configuration/json-file';

export const textIn =
  (tree: Tree): ReadText =>
  (file) =>
    tree.read(relative(tree.root, file), 'utf8') ?? undefined;
