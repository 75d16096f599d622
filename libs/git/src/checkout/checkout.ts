/**
 * Reads the user's checkout, and only reads it. Everything here goes through `run` and not through simple-git: answers may
 * be large or no text, input is needed, and a checkout's own filters are helpers that must end with their git.
 */
import type { Environment } from '@nx-ci-cache/process';
import { answerOf } from '../command/answer';
import { localEnvironment } from '../command/environment';
import { gitOrThrow, gitStream, remedies, type Consume, type LocalGit } from '../command/git';
import { limitsOf, type Deadline } from '../command/limits';
import { userExcludes } from './user-excludes';

/** What lists and contents are read by, in a checkout or in a repository of our own. */
export interface Reader {
  /** Stdout as text. @throws CiCacheError `CommandFailed` with `data.exitCode` */
  readonly text: LocalGit;
  /** What `consume` makes of stdout, however large. @throws CiCacheError `CommandFailed`, after any number of pieces. */
  readonly stream: <Value>(args: readonly string[], consume: Consume<Value>, input?: string) => Promise<Value>;
}

export interface Checkout extends Reader {
  /** Stdout, or undefined where git answers "no" by one of these exit codes. Default: 1. */
  readonly answer: (args: readonly string[], no?: readonly number[]) => Promise<string | undefined>;
  /** Path of the file of what the user ignores everywhere; it need not be there. */
  readonly userExcludes: () => Promise<string | undefined>;
  /** The same checkout with this file for its index, which git may write to. */
  readonly withIndex: (file: string) => Checkout;
  /** The same checkout with this folder for new objects, which borrows those that are there. */
  readonly withObjects: (folder: string) => Checkout;
  /** Another repository, within the same deadline. */
  readonly elsewhere: (place: Place) => Checkout;
}

/** Where a git works that borrows the objects of a checkout. Absolute paths. */
export interface Place {
  /** Its work tree. */
  readonly folder: string;
  readonly gitDir: string;
  readonly objects: string;
}

/**
 * A CI container often runs as another user than the one who owns the checkout; git's answer to that, `safe.directory`,
 * stands in the global configuration, which is not read here. The rest is what a checkout's own configuration, or a file in
 * the home folder git reads without being told, could start or change an answer by.
 */
const shutOut = [
  'safe.directory=*',
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.attributesFile=/dev/null',
  'core.excludesFile=/dev/null',
  // An index is one file: a part of it that lies beside would be renewed beside.
  'core.splitIndex=false',
].flatMap((pair) => ['-c', pair]);

/** A cold checkout of a large repository takes its time. */
const commandMs = 600_000;

/** Git in the checkout around `folder`. */
export const checkout = (folder: string, deadline: Deadline = {}): Checkout => inFolder(folder, deadline, {});

const inFolder = (folder: string, deadline: Deadline, extra: Environment): Checkout => {
  const context = { cwd: folder, env: localEnvironment(extra), limits: limitsOf(deadline, commandMs) };
  const text: LocalGit = (args) => gitOrThrow(context, [...shutOut, ...args], remedies.checkout);
  return {
    text,
    answer: (args, no) => answerOf(text, args, no),
    stream: (args, consume, input) => gitStream(context, [...shutOut, ...args], remedies.checkout, consume, input),
    userExcludes: () => userExcludes(context.limits),
    withIndex: (file) => inFolder(folder, deadline, { ...extra, GIT_INDEX_FILE: file }),
    withObjects: (objects) => inFolder(folder, deadline, { ...extra, GIT_OBJECT_DIRECTORY: objects }),
    elsewhere: ({ folder: workTree, gitDir, objects }) =>
      inFolder(workTree, deadline, {
        ...{ GIT_DIR: gitDir, GIT_WORK_TREE: workTree },
        GIT_OBJECT_DIRECTORY: objects,
      }),
  };
};
