/** The one command git may start for an ssh remote: ours, without any configuration of the user or the machine. */
import { CiCacheError } from '@nx-ci-cache/process';
import { isKeyFile, keyFileForm } from './key-file';

/** Files that authenticate one repository. */
export interface SshFiles {
  /** Absolute path of a private key, e.g. a deploy key. Default: the ssh agent, then the user's default keys. */
  readonly keyFile?: string;
  /** Absolute path of the host keys to trust. Default: the user's and the machine's known_hosts. */
  readonly knownHostsFile?: string;
}

/** Batch mode fails where ssh would ask; the alive interval ends a connection that hangs. */
const always: readonly string[] = [
  'BatchMode=yes',
  'StrictHostKeyChecking=yes',
  'ConnectTimeout=20',
  'ServerAliveInterval=10',
  'ServerAliveCountMax=3',
];

/** Value of `GIT_SSH_COMMAND`, which a shell reads. @throws CiCacheError `OptionInvalid` for a path that needs quoting. */
export const sshCommand = ({ keyFile, knownHostsFile }: SshFiles = {}): string => {
  const options = [
    ...always,
    // Without this ssh offers the agent's keys first, and a server may take one of another account.
    ...(keyFile === undefined ? [] : ['IdentitiesOnly=yes', `IdentityFile=${plainPath('keyFile', keyFile)}`]),
    ...(knownHostsFile === undefined
      ? []
      : [`UserKnownHostsFile=${plainPath('knownHostsFile', knownHostsFile)}`, 'GlobalKnownHostsFile=/dev/null']),
  ];
  // `-F /dev/null`: a ProxyCommand or an alias in the user's configuration must not decide where we push.
  return ['ssh', '-F', '/dev/null', ...options.flatMap((option) => ['-o', option])].join(' ');
};

/** Not shown when it is refused: it may be a key somebody gave in place of its path. */
const plainPath = (key: keyof SshFiles, path: string): string => {
  if (isKeyFile(path)) return path;
  throw new CiCacheError('OptionInvalid', `request: ssh.${key} = (not shown)\n  allowed: ${keyFileForm}`, {
    remedy: `Correct ssh.${key}.`,
  });
};
