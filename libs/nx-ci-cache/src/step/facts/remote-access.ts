/** How git gets into the remote beside the environment's credentials: key files named by the configuration. */
import { fillTemplate } from '@nx-ci-cache/config';
import { checkKeyFile } from '@nx-ci-cache/branch';
import type { RemoteAccess } from '@nx-ci-cache/git';
import type { StepContext } from '../context/context';

/** @throws CiCacheError `OptionInvalid` that does not show the value, which may be a key in place of its path. */
export const remoteAccess = (context: StepContext): Pick<RemoteAccess, 'ssh'> => {
  const { key, knownHosts } = context.config.push.ssh;
  if (key === undefined && knownHosts === undefined) return {};
  return {
    ssh: {
      ...(key === undefined ? {} : { keyFile: keyFile('push.ssh.key', key, context) }),
      ...(knownHosts === undefined ? {} : { knownHostsFile: keyFile('push.ssh.knownHosts', knownHosts, context) }),
    },
  };
};

/** The path that `text` stands for. */
export const keyFile = (key: string, text: string, { config, environment }: StepContext): string => {
  const place = { file: config.file, key };
  return checkKeyFile(fillTemplate(text, { environment }, place), place);
};
