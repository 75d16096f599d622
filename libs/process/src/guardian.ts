/**
 * Cleans up after a process that was killed and could not do so itself. A small process of its own session holds the other
 * end of a pipe: the pipe closes when this process ends, however that happens. Children do not inherit it.
 */
import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';

/** A process group as `kill` spells it, or the absolute path of a folder. */
export type Leftover = `-${number}` | `/${string}`;

/** `+` adds what stands behind it and `-` takes it out. A shell starts in a millisecond; what it reads is data, never code. */
const script = `
trap '' HUP INT TERM
while IFS= read -r line; do
  item=\${line#?}
  for known do shift; [ "$known" = "$item" ] || set -- "$@" "$known"; done
  case $line in +*) set -- "$@" "$item" ;; esac
done
for item do case $item in -*) kill -s KILL -- "$item" ;; esac; done
# What was just killed may have written for a moment longer.
for item do case $item in /*)
  for try in 1 2 3 4 5; do rm -rf -- "$item" && break; sleep 1; done ;;
esac; done`;

let pipe: Socket | undefined;

/** Starts the guardian, once, so that it is there before what it guards. */
export const startGuardian = (): Socket => {
  if (pipe !== undefined) return pipe;
  const guardian = spawn('/bin/sh', ['-c', script], {
    // A session of its own: what a terminal sends to our group must not reach it.
    detached: true,
    // Nothing of ours is kept open: nx waits for the end of its executor's output, and no folder is held busy.
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    env: { PATH: process.env['PATH'] },
  });
  pipe = guardian.stdin as Socket;
  // Where it cannot be started or was killed, this process still cleans up whenever it can.
  guardian.on('error', () => undefined);
  pipe.on('error', () => undefined);
  guardian.unref();
  pipe.unref();
  return pipe;
};

export const guard = (leftover: Leftover): void => tell(`+${leftover}`);

/** To be called as soon as a group has ended: its number may soon be somebody else's. */
export const unguard = (leftover: Leftover): void => tell(`-${leftover}`);

/** A line must stay one: a temporary folder may have any name. */
const tell = (line: string): void => {
  if (!line.includes('\n')) startGuardian().write(`${line}\n`);
};
