/** Projects inside the folder of a build context: their files are in the build, as far as `.dockerignore` lets them. */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { CreateDependenciesContext } from '@nx/devkit';
import { workspacePath } from '@nx-ci-cache/config';
import { contextFilter } from '@nx-ci-cache/images';
import type { Config, Image } from '@nx-ci-cache/records';
import { ownersBelow, type Owners } from './owner';

export const contextOwners = (
  config: Config,
  owners: Owners,
  { fileMap, workspaceRoot }: Pick<CreateDependenciesContext, 'fileMap' | 'workspaceRoot'>,
): string[] =>
  config.images.flatMap((image) => {
    const context = posix.join(workspacePath(image.context, config), '.');
    const below = ownersBelow(context, owners);
    if (below.length === 0) return [];
    const includes = filterOf(image, config, workspaceRoot);
    return below.filter((name) =>
      (fileMap.projectFileMap[name] ?? []).some(({ file }) => includes(posix.relative(context, file))),
    );
  });

/** The file beside the Dockerfile counts alone, as in a build. A pattern that no build takes lets everything in. */
const filterOf = (
  { context, dockerfile }: Image,
  config: Config,
  workspaceRoot: string,
): ((path: string) => boolean) => {
  const files = [`${dockerfile}.dockerignore`, posix.join(context, '.dockerignore')];
  for (const file of files.map((each) => workspacePath(each, config))) {
    try {
      return contextFilter(file, readFileSync(join(workspaceRoot, file), 'utf8'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') break;
    }
  }
  return () => true;
};
