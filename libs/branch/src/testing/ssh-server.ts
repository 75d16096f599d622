/** A git server over ssh. */
import { mkdtempSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { startSshd } from '@nx-ci-cache/process/src/testing/sshd';
import type { Transport } from './server';
import type { World } from './world';

export { sshdPath } from '@nx-ci-cache/process/src/testing/sshd';

/** Without `acceptProtocol` the server speaks git's first protocol, as an sshd does that nobody told to accept another. */
export const startSsh = async (world: World, acceptProtocol = true): Promise<Transport> => {
  const folder = mkdtempSync(join(world.folder, 'sshd-'));
  const accepted = acceptProtocol ? ['AcceptEnv GIT_PROTOCOL'] : [];
  const settings = [...accepted, 'SetEnv GIT_CONFIG_GLOBAL=/dev/null'];
  const { port, user, stranger, knownHosts, stop } = await startSshd(folder, { settings });
  const access = (keyFile: string) => ({
    remote: `ssh://${userInfo().username}@127.0.0.1:${port}${world.remote}`,
    environment: withoutAgent(process.env),
    ssh: { keyFile, knownHostsFile: knownHosts },
  });
  return {
    access: access(user),
    stranger: access(stranger),
    stop,
  };
};

const withoutAgent = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({ ...environment, SSH_AUTH_SOCK: '' });
