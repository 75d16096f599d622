/**
 * Short commands in a repository of our own, one at a time and without a network, a helper or anybody's configuration. They
 * go through simple-git, which refuses by rules of its own every argument and variable by which git would start a program
 * or read other configuration: a second lock behind our argument vectors, where something is written. What starts helpers,
 * needs input or answers at length goes through `run`, whose end takes the process group along. No guardian ends these
 * should this process be killed, nor needs to: each ends by itself, alone, and writes nowhere but to this repository, which
 * the guardian removes.
 */
import { harmless, type CiCacheError, type CommandFailure, type Environment } from '@nx-ci-cache/process';
import { GitError, GitPluginError, simpleGit } from 'simple-git';
import { localEnvironment } from '../command/environment';
import { gitFailed, remedies, type LocalGit } from '../command/git';
import type { Limits } from '../command/limits';

/** How git ended; without a code it was killed. A GitError, because simple-git replaces errors of any other class. */
class GitFailed extends GitError {
  override readonly name = 'GitFailed';
  constructor(
    readonly exitCode: number | null,
    readonly stderr: string,
  ) {
    super(undefined, stderr || `it ended with ${exitCode === null ? 'a signal' : `exit code ${exitCode}`}`);
  }
}

export const localGit = (cwd: string, limits: Limits, extra: Environment = {}): LocalGit => {
  const env = localEnvironment(extra);
  return async (args) => {
    const { timeoutMs, signal } = limits();
    const git = simpleGit({
      baseDir: cwd,
      allowEnvironment: Object.keys(env),
      // Ours are constants: /dev/null as global configuration and, for `init`, an empty template.
      unsafe: { allowUnsafeConfigPaths: true, allowUnsafeTemplateDir: true },
      completion: { onClose: true, onExit: false },
      timeout: { block: timeoutMs, stdOut: false, stdErr: false },
      // Without this hook a killed git, and one that fails without a word, count as success.
      errors: (error, { exitCode, stdErr }) => {
        if (error instanceof GitPluginError || (error === undefined && exitCode === 0)) return error;
        return new GitFailed(exitCode ?? null, harmless(Buffer.concat(stdErr).toString()) || wordsOf(error));
      },
      ...(signal === undefined ? {} : { abort: signal }),
    }).env(env);
    try {
      return await git.raw([...args]);
    } catch (cause) {
      throw failure(args, cause, timeoutMs);
    }
  };
};

const failure = (args: readonly string[], cause: unknown, timeoutMs: number): CiCacheError => {
  const plugin = cause instanceof GitPluginError ? cause.plugin : undefined;
  const { exitCode, stderr } = cause instanceof GitFailed ? cause : { exitCode: null, stderr: '' };
  const failed = (reason: CommandFailure['reason'], why: string) =>
    gitFailed(args, `failed\n${why}`, remedies.local, { reason, exitCode, stderr });
  if (plugin === 'timeout') return failed('timeout', `it did not end within ${timeoutMs / 1000} s`);
  if (plugin === 'abort') return failed('cancelled', 'it was cancelled');
  const why = harmless((cause as Error).message);
  if (!(cause instanceof GitFailed)) return failed('start', why);
  return failed(exitCode === null ? 'signal' : 'exit', why);
};

const wordsOf = (error: Buffer | Error | undefined): string =>
  error === undefined ? '' : harmless(Buffer.isBuffer(error) ? error.toString() : error.message);
