/** Nx tells one version of the plugin from another by the lockfile; without one it stops in mid-run, in words of its own. */
import type { ExecutorContext } from '@nx/devkit';
import { CiCacheError } from '@nx-ci-cache/process';

const plugin = 'nx-ci-cache';

type Workspace = Partial<Pick<ExecutorContext, 'projectGraph'>> & Pick<ExecutorContext, 'projectsConfigurations'>;

/** @throws CiCacheError `OptionInvalid` when targets are hashed by a version that no lockfile holds. */
export const refuseUnlocked = ({ projectGraph, projectsConfigurations: { projects } }: Workspace): void => {
  const targets = Object.values(projects).flatMap((project) => Object.values(project.targets ?? {}));
  const isAsked = targets.some(({ inputs = [] }) =>
    inputs.some((input) => typeof input === 'object' && 'externalDependencies' in input && asks(input)),
  );
  const known = Object.keys(projectGraph?.externalNodes ?? {});
  const isLocked = known.some((name) => name === `npm:${plugin}` || name.startsWith(`npm:${plugin}@`));
  if (!isAsked || isLocked || projectGraph === undefined) return;
  throw new CiCacheError('OptionInvalid', `no lockfile of this workspace holds ${plugin}`, {
    remedy: 'Run npm install, or that of your package manager, and commit the lockfile it writes.',
  });
};

const asks = ({ externalDependencies }: { readonly externalDependencies: readonly string[] }): boolean =>
  externalDependencies.includes(plugin);
