/** How the plugin itself enters a task's hash: a new version of it must miss what an old one cached. */
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TargetConfiguration } from '@nx/devkit';

export type TaskInput = NonNullable<TargetConfiguration['inputs']>[number];

/**
 * Installed from npm: the package's version. Developed in this workspace: the files of its projects, because a local
 * plugin's own code is otherwise in no hash at all.
 */
export const pluginInputs = (workspaceRoot: string): TaskInput[] => {
  const installed = join(workspaceRoot, 'node_modules', 'nx-ci-cache');
  if (!existsSync(installed) || !lstatSync(installed).isSymbolicLink()) {
    return [{ externalDependencies: ['nx-ci-cache'] }];
  }
  const { devDependencies = {} } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
    devDependencies?: Record<string, string>;
  };
  const libraries = Object.keys(devDependencies).filter((name) => name.startsWith('@nx-ci-cache/'));
  return [{ input: 'default', projects: ['nx-ci-cache', ...libraries] }];
};
