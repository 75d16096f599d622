/** An sshd on a free port, with keys, configuration and known hosts of its own. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, startDaemon } from './daemon';

/** sshd insists on being started by its absolute path. */
export const sshdPath = '/usr/sbin/sshd';

export interface SshdOptions {
  /** Default: loopback. */
  readonly address?: string;
  /** Lines of its configuration beside ours. */
  readonly settings?: readonly string[];
  /** A command that runs what follows it somewhere else, such as another network namespace. */
  readonly under?: readonly string[];
}

export interface Sshd {
  readonly port: number;
  /** Private key of somebody who may log in. */
  readonly user: string;
  /** That of somebody who may not. */
  readonly stranger: string;
  readonly knownHosts: string;
  readonly stop: () => Promise<void>;
}

/** @param folder an empty one, which is left to whoever made it. */
export const startSshd = async (folder: string, options: SshdOptions = {}): Promise<Sshd> => {
  const { address = '127.0.0.1', settings = [], under = [] } = options;
  const [host = '', user = '', stranger = ''] = ['host', 'user', 'stranger'].map((name) => makeKey(join(folder, name)));
  const port = await freePort();
  const knownHosts = join(folder, 'known_hosts');
  writeFileSync(join(folder, 'authorized_keys'), readFileSync(`${user}.pub`));
  writeFileSync(knownHosts, `[${address}]:${port} ${readFileSync(`${host}.pub`, 'utf8')}`);
  // A privileged sshd wants this empty folder, which a boot script would make.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { mode: 0o755, recursive: true });
  const file = join(folder, 'sshd_config');
  writeFileSync(file, [`ListenAddress ${address}:${port}`, ...configuration(folder), ...settings, ''].join('\n'));
  const [command = '', ...args] = [...under, sshdPath, '-D', '-e', '-f', file];
  const stop = await startDaemon(command, args, 'Server listening');
  return { port, user, stranger, knownHosts, stop };
};

const makeKey = (path: string): string => {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', path]);
  return path;
};

/** Without PAM and without looking at the modes of folders: the scratch world lies in a folder others may write to. */
const configuration = (folder: string): string[] => [
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
  // By default a server drops connections at random from the eleventh on that is not logged in yet.
  'MaxStartups 1000',
];
