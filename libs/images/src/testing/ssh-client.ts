/** An account with an ssh configuration of its own: ssh looks for it in the account's home, whatever HOME says. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sshd } from '@nx-ci-cache/process/src/testing/sshd';

/** @returns a folder for the front of PATH, in which `ssh` goes by that configuration. */
export const sshClient = (folder: string, { knownHosts }: Pick<Sshd, 'knownHosts'>, identity: string): string => {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const lines = [`IdentityFile ${identity}`, `UserKnownHostsFile ${knownHosts}`, 'StrictHostKeyChecking yes'];
  writeFileSync(join(folder, 'config'), [...lines, 'IdentitiesOnly yes', 'BatchMode yes', ''].join('\n'));
  writeFileSync(join(bin, 'ssh'), `#!/bin/sh\nexec /usr/bin/ssh -F '${join(folder, 'config')}' "$@"\n`);
  chmodSync(join(bin, 'ssh'), 0o755);
  return bin;
};
