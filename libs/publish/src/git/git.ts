/**
 * The two ways git runs. Local plumbing goes through simple-git. Transfers go through `run`: simple-git can neither start
 * a process group nor end one, and a git killed alone leaves git-remote-https or ssh behind, able to finish the push.
 */
import { CiCacheError, childEnvironment, run, type Environment } from '@nx-ci-cache/process';
import { GitError, simpleGit } from 'simple-git';
import { harmless } from '../remote/text';
import { isolated } from './environment';

export type LocalGit = (args: readonly string[]) => Promise<string>;

/** How git ended; without a code it was killed. A GitError, because simple-git replaces errors of any other class. */
class GitFailed extends GitError {
  override readonly name = 'GitFailed';
  constructor(
    readonly exitCode: number | undefined,
    readonly stderr: string,
  ) {
    super(undefined, stderr || `git ended with ${exitCode === undefined ? 'a signal' : `exit code ${exitCode}`}`);
  }
}

/** Runs local plumbing in `folder` and resolves to its stdout. @throws CiCacheError `CommandFailed` with `data.exitCode` */
export const localGit = (folder: string, extra: Environment = {}, signal?: AbortSignal): LocalGit => {
  const env = childEnvironment({ ...isolated, ...extra });
  const git = simpleGit({
    baseDir: folder,
    allowEnvironment: Object.keys(env),
    // Ours are constants: /dev/null as global configuration and, for `init`, an empty template.
    unsafe: { allowUnsafeConfigPaths: true, allowUnsafeTemplateDir: true },
    completion: { onClose: true, onExit: false },
    timeout: { block: 30_000, stdOut: false, stdErr: false },
    // Without this hook a killed git, and one that fails without a word, count as success.
    errors: (error, { exitCode, stdErr }) =>
      error === undefined && exitCode === 0
        ? undefined
        : new GitFailed(exitCode ?? undefined, harmless(Buffer.concat(stdErr).toString()) || wordsOf(error)),
    ...(signal === undefined ? {} : { abort: signal }),
  }).env(env);
  return async (args) => {
    try {
      return await git.raw([...args]);
    } catch (cause) {
      throw localFailure(args, cause);
    }
  };
};

const localFailure = (args: readonly string[], cause: unknown) =>
  new CiCacheError('CommandFailed', `git ${args.join(' ')} failed\n${harmless(String(cause))}`, {
    remedy: 'Check that git is 2.36 or newer and that the temporary folder has room and may be written to.',
    data: { exitCode: cause instanceof GitFailed ? cause.exitCode : undefined },
    cause,
  });

const wordsOf = (error: Buffer | Error | undefined): string =>
  error === undefined ? '' : harmless(Buffer.isBuffer(error) ? error.toString() : error.message);

/** What a transfer said; exit code 1 is a push that was rejected, 128 a failure git explained. */
export interface TransferResult {
  readonly exitCode: number;
  readonly stdout: string;
  /** Already harmless to show. */
  readonly stderr: string;
}

export interface TransferOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** Runs a command that talks to the remote. @throws CiCacheError `CommandFailed` when it was killed or did not start. */
export const transfer = async (
  cwd: string,
  env: Environment,
  args: readonly string[],
  { timeoutMs, signal }: TransferOptions,
): Promise<TransferResult> => {
  const result = await run(
    { file: 'git', args, env, cwd },
    { accept: [0, 1, 128], timeoutMs, ...(signal === undefined ? {} : { signal }) },
  ).catch((error: unknown) => {
    throw error instanceof CiCacheError ? harmlessError(error) : error;
  });
  return { ...result, stderr: harmless(result.stderr) };
};

/** The error of a git that was killed holds what the server said until then. */
const harmlessError = ({ code, message, remedy, data }: CiCacheError): CiCacheError => {
  const texts = Object.entries(data).map(([name, value]) => [
    name,
    typeof value === 'string' ? harmless(value) : value,
  ]);
  return new CiCacheError(code, harmless(message), { remedy: harmless(remedy), data: Object.fromEntries(texts) });
};

/** A transfer that has to succeed. @throws CiCacheError `CommandFailed` with what git and the server said. */
export const transferOrThrow = async (
  cwd: string,
  env: Environment,
  args: readonly string[],
  options: TransferOptions,
): Promise<string> => {
  const { exitCode, stdout, stderr } = await transfer(cwd, env, args, options);
  if (exitCode === 0) return stdout;
  throw new CiCacheError('CommandFailed', `git ${args[0]} failed\n${stderr}`, {
    remedy: 'Check that the remote exists, is reachable and grants this job access; then run again.',
    data: { exitCode, stderr },
  });
};
