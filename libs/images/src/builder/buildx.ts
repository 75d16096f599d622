/** How buildx is called on this machine: the binary CI_CACHE_BUILDX names, or Docker's plugin. */
import type { Command, Environment } from '@nx-ci-cache/process';
import { toolEnvironment } from '../environment';

export interface Buildx {
  readonly file: string;
  /** Arguments before buildx's own. */
  readonly args: readonly string[];
  readonly env: Environment;
}

export const buildxCommand = (environment: NodeJS.ProcessEnv = process.env): Buildx => {
  const file = environment['CI_CACHE_BUILDX'];
  const env = toolEnvironment(environment);
  return file ? { file, args: [], env } : { file: 'docker', args: ['buildx'], env };
};

export const buildxWith = (buildx: Buildx, args: readonly string[], extra: Environment = {}): Command => ({
  file: buildx.file,
  args: [...buildx.args, ...args],
  env: { ...buildx.env, ...extra },
});
