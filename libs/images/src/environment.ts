/** What buildx, git and credential helpers may know beyond the common allow-list: where accounts and builders are described. */
import { childEnvironment, type Environment } from '@nx-ci-cache/process';

const named = ['DOCKER_CONFIG', 'BUILDX_CONFIG', 'SSH_AUTH_SOCK', 'KUBECONFIG'];
const helperPrefix = /^(AWS|AZURE|GOOGLE|CLOUDSDK)_/;

/** The allow-listed environment plus what registries' credential helpers and remote builders read. */
export const toolEnvironment = (source: NodeJS.ProcessEnv = process.env, extra: Environment = {}): Environment => {
  const kept = Object.entries(source).flatMap(([name, value]) =>
    value !== undefined && (named.includes(name) || helperPrefix.test(name)) ? [[name, value] as const] : [],
  );
  return childEnvironment({ ...Object.fromEntries(kept), ...extra }, source);
};
