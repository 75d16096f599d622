/** Every project of the workspace that a pipeline refreshes, with its configuration: what a workflow is made from. */
import { dirname, posix } from 'node:path';
import { getProjects, globAsync, type Tree } from '@nx/devkit';
import { configFileName } from '@nx-ci-cache/config';
import type { Config } from '@nx-ci-cache/records';
import { isConfigured } from '../../configuration/options';
import { projectConfig } from '../../configuration/project-config';
import { projectNameAt } from './find-project';

export interface ConfiguredProject {
  readonly name: string;
  readonly config: Config;
}

/** What every workflow calls. Inference gives them; of a project wired by hand nobody else knows what ends its chain. */
export const calledTargets = ['refresh', 'report'] as const;

/** By the project's folder. @throws CiCacheError `OptionInvalid` for the first configuration that is not valid. */
export const configuredProjects = async (tree: Tree): Promise<readonly ConfiguredProject[]> => {
  const inferred = (await globAsync(tree, [`**/${configFileName}`])).map((file) => dirname(file));
  const wired = [...getProjects(tree).values()].flatMap(({ root, targets = {} }) =>
    isConfigured(targets) && calledTargets.every((target) => target in targets) ? [posix.normalize(root)] : [],
  );
  const read = (file: string) => tree.read(file, 'utf8') ?? undefined;
  return [...new Set([...inferred, ...wired])].sort().map((root) => ({
    name: projectNameAt(tree, root),
    config: projectConfig(root, '', read),
  }));
};
