/** Nx tells one version of the plugin from another by the lockfile; without one it stops in mid-run, in words of its own. */
import type { ExecutorContext, ProjectConfiguration } from '@nx/devkit';
import { CiCacheError } from '@nx-ci-cache/process';
import { pluginName } from '../../configuration/plugin-name';

type Workspace = Partial<Pick<ExecutorContext, 'projectGraph'>> & Pick<ExecutorContext, 'projectsConfigurations'>;

/** @throws CiCacheError `OptionInvalid` when targets are hashed by a version that no lockfile holds. */
export const refuseUnlocked = ({ projectGraph, projectsConfigurations: { projects } }: Workspace): void => {
  if (projectGraph === undefined || Object.keys(projectGraph.externalNodes ?? {}).some(isPlugin)) return;
  if (!Object.values(projects).some(isHashedByVersion)) return;
  throw new CiCacheError('OptionInvalid', `no lockfile of this workspace holds ${pluginName}`, {
    remedy: 'Run npm install, or that of your package manager, and commit the lockfile it writes.',
  });
};

/** One of several versions has its own behind its name. */
const isPlugin = (node: string): boolean => node === `npm:${pluginName}` || node.startsWith(`npm:${pluginName}@`);

const isHashedByVersion = ({ targets = {} }: ProjectConfiguration): boolean =>
  Object.values(targets).some(({ inputs = [] }) =>
    inputs.some(
      (input) =>
        typeof input === 'object' && 'externalDependencies' in input && input.externalDependencies.includes(pluginName),
    ),
  );
