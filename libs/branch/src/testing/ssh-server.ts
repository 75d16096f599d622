/** A git server over ssh: sshd on a free loopback port, with keys, configuration and known hosts of its own. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort, startDaemon } from '@nx-ci-cache/process/src/testing/daemon';
import type { Transport } from './server';
import type { World } from './world';

/** sshd insists on being started by its absolute path. */
export const sshdPath = '/usr/sbin/sshd';

/** Without `acceptProtocol` the server speaks git's first protocol, as an sshd does that nobody told to accept another. */
export const startSsh = async (world: World, acceptProtocol = true): Promise<Transport> => {
  const folder = mkdtempSync(join(world.folder, 'sshd-'));
  const [host, user, stranger] = ['host', 'user', 'stranger'].map((name) => makeKey(join(folder, name)));
  const port = await freePort();
  const { username } = userInfo();
  writeFileSync(join(folder, 'authorized_keys'), readFileSync(`${user}.pub`));
  const knownHostsFile = join(folder, 'known_hosts');
  writeFileSync(knownHostsFile, `[127.0.0.1]:${port} ${readFileSync(`${host}.pub`, 'utf8')}`);
  const stop = await listening(folder, sshdConfig(folder, port, acceptProtocol));
  const access = (keyFile: string | undefined) => ({
    remote: `ssh://${username}@127.0.0.1:${port}${world.remote}`,
    environment: withoutAgent(process.env),
    ssh: { keyFile: keyFile ?? '', knownHostsFile },
  });
  return {
    access: access(user),
    stranger: access(stranger),
    stop,
  };
};

const makeKey = (path: string): string => {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', path]);
  return path;
};

/** Without PAM and without looking at the modes of folders: the scratch world lies in a folder others may write to. */
const sshdConfig = (folder: string, port: number, acceptProtocol: boolean): string =>
  [
    `ListenAddress 127.0.0.1:${port}`,
    `HostKey ${join(folder, 'host')}`,
    `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
    'PidFile none',
    'UsePAM no',
    'StrictModes no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PermitRootLogin prohibit-password',
    'UseDNS no',
    'PrintMotd no',
    ...(acceptProtocol ? ['AcceptEnv GIT_PROTOCOL'] : []),
    'SetEnv GIT_CONFIG_GLOBAL=/dev/null',
    // By default a server drops connections at random from the eleventh on that is not logged in yet.
    'MaxStartups 1000',
    '',
  ].join('\n');

const listening = async (folder: string, config: string): Promise<() => Promise<void>> => {
  // A privileged sshd wants this empty folder, which a boot script would make.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { mode: 0o755, recursive: true });
  const file = join(folder, 'sshd_config');
  writeFileSync(file, config);
  return startDaemon(sshdPath, ['-D', '-e', '-f', file], 'Server listening');
};

const withoutAgent = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({ ...environment, SSH_AUTH_SOCK: '' });
