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

/** Kills the process that called git at its `count`-th call, before or after git does its work. */
export const killCaller = (bin: string, count: number, when: 'before' | 'after', mark: string): Wrapper =>
  install(
    bin,
    `echo >>'${bin}/calls'`,
    `if [ "$(wc -l <'${bin}/calls')" -eq ${count} ]; then`,
    ...(when === 'after' ? [`${realGit()} "$@"; code=$?`] : []),
    `: >'${mark}'; kill -9 $PPID`,
    ...(when === 'after' ? ['exit $code'] : []),
    'fi',
  );

/** What strace says it did, from its log; undefined when the fault never came. */
export const injected = (log: string): string | undefined =>
  existsSync(log)
    ? readFileSync(log, 'latin1')
        .split('\n')
        .find((line) => line.endsWith('(INJECTED)') || line.endsWith('+++ killed by SIGKILL +++'))
    : undefined;
