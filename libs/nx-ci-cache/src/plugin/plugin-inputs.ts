/** How the plugin itself enters a task's hash: a new version of it must miss what an old one cached. */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { TargetConfiguration } from '@nx/devkit';
import { pluginName } from '../configuration/plugin-name';

export type TaskInput = NonNullable<TargetConfiguration['inputs']>[number];

/**
 * Developed in this workspace: the files of its projects, because a local plugin's own code is otherwise in no hash at
 * all. Installed, by whatever package manager: the version its lockfile holds.
 */
export const pluginInputs = (workspaceRoot: string): TaskInput[] => {
  const found = join(workspaceRoot, 'node_modules', pluginName);
  if (!existsSync(found) || !isSource(found, workspaceRoot)) return [{ externalDependencies: [pluginName] }];
  const { devDependencies = {} } = JSON.parse(readFileSync(join(found, 'package.json'), 'utf8')) as {
    devDependencies?: Record<string, string>;
  };
  const libraries = Object.keys(devDependencies).filter((name) => name.startsWith('@nx-ci-cache/'));
  return [{ input: 'default', projects: [pluginName, ...libraries] }];
};

/** A link is no proof: pnpm links what it installed, into a folder of node_modules or a store elsewhere. */
const isSource = (found: string, workspaceRoot: string): boolean => {
  const segments = relative(realpathSync(workspaceRoot), realpathSync(found)).split(sep);
  return segments[0] !== '..' && !segments.includes('node_modules');
};
