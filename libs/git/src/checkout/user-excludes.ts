/**
 * Which files the user ignores in every checkout, such as .DS_Store: the one thing that is taken from the user's own
 * configuration. It is a path and no code, and it decides no more than whether an untracked file counts as an edit.
 */
import { join } from 'node:path';
import { childEnvironment, type Environment } from '@nx-ci-cache/process';
import { answerOf, brokenOff } from '../command/answer';
import { gitOrThrow, remedies } from '../command/git';
import type { Limits } from '../command/limits';

/** Where git looks for configuration of user and machine. */
const places = ['XDG_CONFIG_HOME', 'GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM', 'GIT_CONFIG_NOSYSTEM'];

/**
 * The value of `core.excludesFile`; undefined where nothing is named and nothing can be. A configuration git cannot read
 * names nothing: what it would ignore is shown as an edit. @throws CiCacheError `CommandFailed` for any other failure.
 */
export const userExcludes = async (limits: Limits, source = process.env): Promise<string | undefined> => {
  const context = { cwd: '/', env: userEnvironment(source), limits };
  const git = (args: readonly string[]) => gitOrThrow(context, args, remedies.checkout);
  const answer = await answerOf(git, ['config', '-z', '--type=path', '--get', 'core.excludesFile'], [1, 128]);
  if (answer === undefined) return usualExcludes(source);
  if (!answer.endsWith('\0')) throw brokenOff('config');
  return answer.slice(0, -1);
};

/** No repository's configuration is read beside the user's. */
const userEnvironment = (source: NodeJS.ProcessEnv): Environment =>
  childEnvironment(
    {
      GIT_DIR: '/dev/null',
      ...Object.fromEntries(places.flatMap((name) => (source[name] ? [[name, source[name]]] : []))),
    },
    source,
  );

const usualExcludes = ({ XDG_CONFIG_HOME: config, HOME: home }: NodeJS.ProcessEnv): string | undefined => {
  if (config) return join(config, 'git/ignore');
  return home ? join(home, '.config/git/ignore') : undefined;
};
