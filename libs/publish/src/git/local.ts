/** Local plumbing: git without a network, an identity or anybody's configuration. */
import { childEnvironment, type Environment } from '@nx-ci-cache/process';
import { isolated } from './environment';
import { gitOrThrow, type LocalGit } from './git';
import type { Limits } from './limits';

const remedy = 'Check that git is 2.36 or newer and that the temporary folder has room and may be written to.';

export const localGit = (cwd: string, limits: Limits, extra: Environment = {}): LocalGit => {
  const context = { cwd, env: childEnvironment({ ...isolated, ...extra }), limits };
  return (args) => gitOrThrow(context, args, remedy);
};
