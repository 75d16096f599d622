/** Projects inside the folders of build contexts: their files are in the build, as far as `.dockerignore` lets them. */
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
  config.images.flatMap(foldersOf).flatMap(({ folder, ignoreFiles }) => {
    const context = posix.join(workspacePath(folder, config), '.');
    const below = ownersBelow(context, owners);
    if (below.length === 0) return [];
    const includes = filterOf(
      ignoreFiles.map((file) => workspacePath(file, config)),
      workspaceRoot,
    );
    return below.filter((name) =>
      (fileMap.projectFileMap[name] ?? []).some(({ file }) => includes(posix.relative(context, file))),
    );
  });

/** As ci-cache.json names them, each with the files that may say what is not in it; the first one there counts alone. */
const foldersOf = ({ context, contexts, dockerfile }: Image) => [
  { folder: context, ignoreFiles: [`${dockerfile}.dockerignore`, posix.join(context, '.dockerignore')] },
  ...Object.values(contexts).map((folder) => ({ folder, ignoreFiles: [posix.join(folder, '.dockerignore')] })),
];

/** A pattern that no build takes lets everything in. */
const filterOf = (files: readonly string[], workspaceRoot: string): ((path: string) => boolean) => {
  for (const file of files) {
    try {
      return contextFilter(file, readFileSync(join(workspaceRoot, file), 'utf8'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') break;
    }
  }
  return () => true;
};
