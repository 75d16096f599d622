/** Deaths while nx runs the packed plugin: of the executor it started, and of nx itself, which takes its executor along. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Armed, FaultKind } from '../fault';
import type { Random } from '@nx-ci-cache/process/src/testing/random';
import type { World } from '../world/world';
import { atCall, attaching, injected, killing, type Moment, type Victim } from '../world/wrapper';
import { hook } from './server';
import { killNode, killNx } from './system-calls';

const transports = ['file', 'http'] as const;
const victims: readonly Victim[] = ['caller', 'nx'];
const beforePush = { name: 'push', count: 1, when: 'before' } as const;

const mark = ({ folder }: World): string => join(folder, 'killed');

/** Those of the push that decide: it reads the branch, what is on it, writes, and reads again. */
const moments: readonly (Required<Moment> | 'applied')[] = [
  { name: 'ls-remote', count: 1, when: 'before' },
  { name: 'fetch', count: 1, when: 'before' },
  beforePush,
  { name: 'push', count: 1, when: 'after' },
  { name: 'ls-remote', count: 2, when: 'before' },
  { name: 'ls-remote', count: 2, when: 'after' },
  // The server has done it and has not said so yet.
  'applied',
];

const killAt = (world: World, random: Random, victim: Victim): Armed => {
  const { bin } = world;
  const moment = random.pick(moments);
  const act = killing(bin, victim, mark(world));
  if (moment === 'applied') {
    // Notes who pushes; the hook strikes.
    const { remove } = atCall(bin, beforePush, ':');
    const { at, fired, disarm } = hook(world, 'post-receive', [act]);
    const both = async () => {
      remove();
      await disarm?.();
    };
    return { at, fired, disarm: both };
  }
  const { remove } = atCall(bin, moment, act);
  const at = `${moment.when} ${moment.name} ${moment.count}`;
  return { at, fired: () => existsSync(mark(world)), disarm: remove };
};

const underNxOf = (name: string, arm: FaultKind['arm']): FaultKind => ({
  name,
  transports,
  publisher: 'nx',
  ends: ['killed'],
  onFresh: true,
  // Each takes two runs of nx, some seconds long.
  weight: 0.25,
  arm,
});

export const underNx: readonly FaultKind[] = [
  underNxOf('SIGKILL of the executor that nx started', (world, random) => killAt(world, random, 'caller')),
  underNxOf('SIGKILL of nx while its executor pushes', (world, random) => killAt(world, random, 'nx')),
  underNxOf('SIGKILL of the executor that nx started at a system call', ({ bin, folder }, random) => {
    const log = join(folder, 'strace.log');
    const [count, inject] = [random.between(1, 14), killNode(random)];
    const strace = attaching(bin, 'caller', ['strace', '-o', log, '-e', `inject=${inject}`]);
    const { remove } = atCall(bin, { count, when: 'before' }, strace);
    return { at: `git call ${count}, ${inject}`, fired: () => injected(log) !== undefined, disarm: remove };
  }),
  {
    ...underNxOf('SIGKILL of nx or its executor, and the server never answers', (world, random) => {
      world.server.intercept = (call) => (call === 'write: objects' ? { apply: true, silence: 'hang' } : undefined);
      const { remove } = atCall(world.bin, beforePush, killing(world.bin, random.pick(victims), mark(world)));
      const disarm = () => {
        remove();
        world.server.intercept = () => undefined;
      };
      return { at: 'push', fired: () => existsSync(mark(world)), disarm };
    }),
    transports: ['http'],
    // Git gives a silent server up after 20 s, and that long the world waits.
    weight: 0.2,
  },
  underNxOf('SIGKILL of nx at a system call', ({ folder }, random) => {
    const log = join(folder, 'strace.log');
    const inject = killNx(random);
    const under = ['strace', '-o', log, '-e', `inject=${inject}`];
    return { at: inject, under, fired: () => injected(log) !== undefined };
  }),
];
