/** A `git` that stands before the real one in PATH and brings the fault to exactly one of its runs. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Wrapper {
  /** Empties the way again. */
  readonly remove: () => void;
}

const realGit = (): string => execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();

/** The subcommand stands after options and their `key=value` words. */
const subcommand = 'for word; do case $word in -*|*=*) ;; *) break ;; esac; done';

const install = (bin: string, ...lines: string[]): Wrapper => {
  const path = join(bin, 'git');
  writeFileSync(path, ['#!/bin/sh', ...lines, `exec ${realGit()} "$@"`, ''].join('\n'));
  chmodSync(path, 0o755);
  return { remove: () => rmSync(path, { force: true }) };
};

/** Runs the first `name` command under strace. */
export const straceCommand = (bin: string, name: string, strace: readonly string[]): Wrapper =>
  install(
    bin,
    subcommand,
    `[ "$word" != ${name} ] || ! mkdir '${bin}/met' 2>/dev/null || exec ${strace.join(' ')} ${realGit()} "$@"`,
  );

/** Who can be struck at a call of git: the process that calls it, or the nx that started that one. */
export type Victim = 'caller' | 'nx';

/** File that holds the process id of a victim. */
export const pidOf = (bin: string, victim: Victim): string => join(bin, `${victim}.pid`);

export interface Moment {
  /** Name of the git command. Default: any. */
  readonly name?: string;
  /** Which call of it, counted from 1. */
  readonly count: number;
  readonly when: 'before' | 'after';
}

/** Nx tells its tasks who they are. Other tasks than the push call git as well; outside nx every call counts. */
const isOfThePush = [
  'task=$(tr "\\0" "\\n" </proc/$PPID/environ | sed -n s/^NX_TASK_TARGET_TARGET=//p)',
  '[ "${task:-push-constraints}" = push-constraints ]',
].join('; ');

/** Does `act`, shell, at one call of git, before or after git does its work. */
export const atCall = (bin: string, { name, count, when }: Moment, act: string): Wrapper =>
  install(
    bin,
    subcommand,
    `if ${isOfThePush} && [ "$word" = ${name ?? '"$word"'} ]; then`,
    `echo $PPID >'${pidOf(bin, 'caller')}'; echo >>'${bin}/calls'`,
    `if [ "$(wc -l <'${bin}/calls')" -eq ${count} ]; then`,
    ...(when === 'after' ? [`${realGit()} "$@"; code=$?`] : []),
    act,
    ...(when === 'after' ? ['exit $code'] : []),
    'fi; fi',
  );

/** Kills `victim` and leaves a mark. */
export const killing = (bin: string, victim: Victim, mark: string): string =>
  `: >'${mark}'; kill -9 "$(cat '${pidOf(bin, victim)}')"`;

/** Has strace inject into `victim` from now on; goes on only once it is attached. */
export const attaching = (bin: string, victim: Victim, strace: readonly string[]): string =>
  [
    `mkfifo '${bin}/attached'`,
    `${strace.join(' ')} -p "$(cat '${pidOf(bin, victim)}')" >'${bin}/attached' 2>&1 &`,
    `read attached <'${bin}/attached'`,
  ].join('\n');

/** What strace says it did, from its log; undefined when the fault never came. */
export const injected = (log: string): string | undefined =>
  existsSync(log)
    ? readFileSync(log, 'latin1')
        .split('\n')
        .find((line) => line.endsWith('(INJECTED)') || line.endsWith('+++ killed by SIGKILL +++'))
    : undefined;
