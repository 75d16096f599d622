/** Every ci-cache.json of the workspace with the project it is of: what a workflow is made from. */
import { dirname } from 'node:path';
import { globAsync, type Tree } from '@nx/devkit';
import { configFileName, parseConfig } from '@nx-ci-cache/config';
import type { Config } from '@nx-ci-cache/records';
import { projectNameAt } from './find-project';

export interface ConfiguredProject {
  readonly name: string;
  readonly config: Config;
}

/** By the path of the file. @throws CiCacheError `OptionInvalid` for the first file that is not valid. */
export const configuredProjects = async (tree: Tree): Promise<readonly ConfiguredProject[]> => {
  const files = await globAsync(tree, [`**/${configFileName}`]);
  return [...files].sort().map((file) => {
    const root = dirname(file);
    return { name: projectNameAt(tree, root), config: parseConfig(tree.read(file, 'utf8') ?? '', root) };
  });
};
