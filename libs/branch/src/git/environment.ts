/** The environment of every git child: nothing of the user's configuration, one protocol, no prompt. */
import { join } from 'node:path';
import { childEnvironment, type Environment } from '@nx-ci-cache/process';
import { credentialPairs } from '../remote/credentials';
import { protocolOf } from '../remote/remote';
import { sshCommand, type SshFiles } from '../remote/ssh';

/**
 * Global configuration of a transfer with a `file` remote, written to this file of the private repository. Git takes no
 * repository of another owner without it, and passes neither `-c` nor the environment on to the server's side.
 */
export const trust = { file: 'any-owner', text: '[safe]\n\tdirectory = *\n' } as const;

/** Set for every git command, local or not. */
const isolated: Environment = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  // Plumbing that meets missing content must fail, not fetch it without credentials and limits.
  GIT_NO_LAZY_FETCH: '1',
  // A checkout may hold replacements of commits, and their older form, and history would answer with those.
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_GRAFT_FILE: '/dev/null',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_OPTIONAL_LOCKS: '0',
  LC_ALL: 'C',
};

/** Environment of local plumbing: an index or an identity of its own at most. */
export const localEnvironment = (extra: Environment): Environment => childEnvironment({ ...isolated, ...extra });

/** Variables that only say who we are or whom we trust; none of them names a command except askpass, the documented way in. */
const passedOn = ['GIT_ASKPASS', 'SSH_AUTH_SOCK', 'GIT_SSL_CAINFO', 'GIT_SSL_CAPATH'];

/** Environment of a transfer with `url`; `home` replaces the user's, so that no ~/.netrc answers for us. */
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
