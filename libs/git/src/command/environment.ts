/** The environment of every git child: nothing of the user's configuration, no network and no prompt. */
import { childEnvironment, type Environment } from '@nx-ci-cache/process';

/** Set for every git command, in a checkout, in a repository of our own, and towards a remote. */
export const isolated: Environment = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_ATTR_NOSYSTEM: '1',
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

/** Environment of what needs no network: an index or an identity of its own at most. */
export const localEnvironment = (extra: Environment = {}): Environment =>
  // A file may be called `:(top)` or `*`.
  childEnvironment({ ...isolated, GIT_LITERAL_PATHSPECS: '1', ...extra });
