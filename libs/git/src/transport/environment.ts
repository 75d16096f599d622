/** The environment of a transfer: one protocol, one server's credentials, and a home in which no ~/.netrc answers for us. */
import { join } from 'node:path';
import { childEnvironment, type Environment } from '@nx-ci-cache/process';
import { isolated } from '../command/environment';
import { credentialPairs } from './credentials';
import { protocolOf } from './protocol';
import { sshCommand, type SshFiles } from './ssh';

/**
 * Global configuration of a transfer with a `file` remote, written to this file of the private repository. Git takes no
 * repository of another owner without it, and passes neither `-c` nor the environment on to the server's side.
 */
export const trust = { file: 'any-owner', text: '[safe]\n\tdirectory = *\n' } as const;

/** Variables that only say who we are or whom we trust; none of them names a command except askpass, the documented way in. */
const passedOn = ['GIT_ASKPASS', 'SSH_AUTH_SOCK', 'GIT_SSL_CAINFO', 'GIT_SSL_CAPATH'];

/** Environment of a transfer with `url`; `home` replaces the user's. */
export const transferEnvironment = (
  url: string,
  home: string,
  source: NodeJS.ProcessEnv,
  ssh?: SshFiles,
): Environment => {
  const pairs = credentialPairs(url, source);
  const protocol = protocolOf(url);
  return childEnvironment(
    {
      ...isolated,
      HOME: home,
      ...(protocol === 'file' ? { GIT_CONFIG_GLOBAL: join(home, trust.file) } : {}),
      GIT_ALLOW_PROTOCOL: protocol ?? 'none',
      GIT_HTTP_LOW_SPEED_LIMIT: '1000',
      GIT_HTTP_LOW_SPEED_TIME: '20',
      GIT_SSH_COMMAND: sshCommand(ssh),
      GIT_SSH_VARIANT: 'ssh',
      ...Object.fromEntries(passedOn.flatMap((name) => (source[name] ? [[name, source[name]]] : []))),
      GIT_CONFIG_COUNT: String(pairs.length),
      ...Object.fromEntries(
        pairs.flatMap(({ key, value }, at) => [
          [`GIT_CONFIG_KEY_${at}`, key],
          [`GIT_CONFIG_VALUE_${at}`, value],
        ]),
      ),
    },
    source,
  );
};
