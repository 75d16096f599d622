/** One run of all cells by the packed plugin, with caches that are this benchmark's own. */
import { join } from 'node:path';
import type { Workspace } from '@nx-ci-cache/e2e/src/support/workspace';
import { cells } from './airflow';

export interface Caches {
  /** Folders' names inside `folder`: a new name is an empty cache. */
  readonly uv: string;
  readonly nx: string;
}

/** All at once: cold cells wait for the network, and resolvers share downloads. Returns what Nx printed. @throws when a cell fails. */
export const generate = async (
  workspace: Workspace,
  folder: string,
  cutoff: string,
  caches: Caches,
): Promise<string> => {
  const { exitCode, all } = await attempt(workspace, folder, cutoff, caches);
  if (exitCode !== 0) throw new Error(all);
  return all;
};

/** The same, whatever becomes of it. */
export const attempt = (
  workspace: Workspace,
  folder: string,
  cutoff: string,
  caches: Caches,
): ReturnType<Workspace['nx']> => {
  const env = {
    CI_CACHE_CUTOFF: cutoff,
    UV_CACHE_DIR: join(folder, caches.uv),
    NX_CACHE_DIRECTORY: join(folder, caches.nx),
    NX_WORKSPACE_DATA_DIRECTORY: join(folder, `${caches.nx}-data`),
  };
  return workspace.nx(['run', 'app:generate-constraints', `--parallel=${cells.length}`], env);
};
