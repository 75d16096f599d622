/** System calls a fault can meet. strace counts each call by itself, so a number that is to be reached depends on the call. */
import type { Random } from '@nx-ci-cache/process/src/testing/random';

/** Name, and how often the busiest process makes it. */
type Calls = readonly (readonly [name: string, upTo: number])[];

/** Of git at a push, counted on both sides; the rare ones, such as the rename of a ref, decide most. */
const ofGit: Calls = [
  ['openat', 66],
  ['read', 60],
  ['newfstatat', 60],
  ['close', 50],
  ['mmap', 24],
  ['access', 16],
  ['write', 14],
  ['write', 4],
  ['getdents64', 10],
  ['fcntl', 8],
  ['pipe2', 4],
  ['mkdir', 3],
  ['clone', 2],
  ['wait4', 2],
  ['rename', 1],
  ['rename', 1],
  ['rmdir', 2],
  ['exit_group', 1],
  ['execve', 1],
];

/** Those that a full or broken disk can fail. Not `close`: an injected error replaces the call, and the file stays open. */
const ofDisks: Calls = [
  ['write', 12],
  ['write', 3],
  ['openat', 40],
  ['openat', 15],
  ['mkdir', 3],
  ['rename', 1],
];

/** Of the executor's own thread, in the time between two steps. */
const ofNode: Calls = [
  ['epoll_pwait', 5],
  ['read', 4],
  ['write', 4],
  ['futex', 3],
  ['close', 4],
];

/** Of nx's own thread in a whole run: what it reads, its cache and data base, the tasks it starts. */
const ofNx: Calls = [
  ['statx', 3500],
  ['openat', 1200],
  ['write', 70],
  ['pwrite64', 50],
  ['fsync', 12],
  ['clone', 6],
  ['wait4', 12],
  ['epoll_pwait', 150],
  ['unlink', 2],
  ['rename', 3],
];

const draw = (calls: Calls, random: Random): readonly [string, number] => {
  const [name, upTo] = random.pick(calls);
  return [name, random.between(1, upTo)];
};

const kill = ([name, count]: readonly [string, number]): string => `${name}:signal=KILL:when=${count}`;

/** Values of strace's `inject`. */
export const killGit = (random: Random): string => kill(draw(ofGit, random));
export const killNode = (random: Random): string => kill(draw(ofNode, random));
export const killNx = (random: Random): string => kill(draw(ofNx, random));
export const failDisk = (error: string, random: Random): string => {
  const [name, count] = draw(ofDisks, random);
  return `${name}:error=${error}:when=${count}`;
};
