/** Deaths on our side: of the executor, and of the git it has started. */
import { spawn } from 'node:child_process';
import { once as event } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { once, steps, type Armed, type FaultKind } from '../fault';
import { killGit, killNode } from './system-calls';
import { atCall, injected, killing, straceCommand } from '../world/wrapper';
import type { World } from '../world/world';

const transports = ['file', 'http'] as const;

/** Attaches to the executor's own thread, whose system calls count from now on. */
const attach = async (pid: number, inject: string, log: string): Promise<void> => {
  const strace = spawn('strace', ['-p', String(pid), '-o', log, '-e', `inject=${inject}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await event(strace.stderr, 'data');
  strace.stderr.resume();
};

/** Git's commands in a publication; the push counts for most. */
export const commands = [
  'ls-remote',
  'fetch',
  'hash-object',
  'read-tree',
  'commit-tree',
  'push',
  'push',
  'push',
] as const;

export const underStrace = ({ folder, bin }: World, name: string, inject: string): Armed => {
  const log = join(folder, 'strace.log');
  const { remove } = straceCommand(bin, name, ['strace', '-f', '-o', log, '-e', `inject=${inject}`]);
  return { at: `${name}: ${inject}`, fired: () => injected(log) !== undefined, disarm: remove };
};

export const deaths: readonly FaultKind[] = [
  {
    name: 'SIGKILL of the executor at a step',
    transports,
    ends: ['killed'],
    onFresh: true,
    weight: 2,
    arm: ({ folder }, random) => {
      const mark = join(folder, 'killed');
      const step = random.pick(steps);
      return { at: step, child: { killAt: { step, attempt: 1, mark } }, fired: () => existsSync(mark) };
    },
  },
  {
    name: 'SIGKILL of the executor at a system call',
    transports,
    ends: ['killed'],
    onFresh: true,
    weight: 2,
    arm: ({ folder }, random) => {
      const log = join(folder, 'strace.log');
      const [step, inject] = [random.pick(steps), killNode(random)];
      const { onStep } = once(step, (pid) => attach(pid, inject, log));
      const at = `${step}, ${inject}`;
      return { at, fired: () => injected(log) !== undefined, ...(onStep === undefined ? {} : { onStep }) };
    },
  },
  {
    name: 'SIGKILL of the executor while git works',
    transports,
    ends: ['killed'],
    onFresh: true,
    weight: 2,
    arm: ({ folder, bin }, random) => {
      const mark = join(folder, 'killed');
      const [count, when] = [random.between(1, 14), random.pick(['before', 'after'] as const)];
      const { remove } = atCall(bin, { count, when }, killing(bin, 'caller', mark));
      return { at: `${when} git call ${count}`, fired: () => existsSync(mark), disarm: remove };
    },
  },
  {
    name: 'SIGKILL of git at a system call',
    transports,
    ends: ['pushed', 'already-applied', 'failed', 'error'],
    onFresh: true,
    weight: 6,
    arm: (world, random) => underStrace(world, random.pick(commands), killGit(random)),
  },
];
