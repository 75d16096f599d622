/** A server that dies, refuses, or does what we asked and never says so. */
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { once, type Armed, type FaultKind } from '../fault';
import type { Random } from '@nx-ci-cache/process/src/testing/random';
import type { Call } from '../world/server';
import { branch } from '../world/template';
import { injected } from '../world/wrapper';
import type { World } from '../world/world';
import { killGit } from './system-calls';

/** Writes count for most: there something can be lost. */
const calls: readonly Call[] = ['write: objects', 'write: objects', 'write: objects', 'write: refs', 'read: objects'];

/** Runs one call of the server's git under strace. */
export const serverUnder = ({ folder, server }: World, random: Random, inject: string): Armed => {
  const log = join(folder, 'server-strace.log');
  const target = random.pick(calls);
  let met = false;
  server.intercept = (call) => {
    if (call !== target || met) return undefined;
    met = true;
    return { under: ['strace', '-f', '-o', log, '-e', `inject=${inject}`] };
  };
  return {
    at: `${target}: ${inject}`,
    fired: () => injected(log) !== undefined,
    disarm: () => void (server.intercept = () => undefined),
  };
};

/** Runs `lines` as a hook of the server. */
export const hook = ({ remote, folder }: World, name: string, lines: readonly string[]): Armed => {
  const mark = join(folder, 'hook-ran');
  const path = join(remote, 'hooks', name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, ['#!/bin/sh', `: >'${mark}'`, ...lines, ''].join('\n'));
  chmodSync(path, 0o755);
  return { at: name, fired: () => existsSync(mark), disarm: () => rmSync(path) };
};

const lockOf = ({ remote }: World): string => join(remote, 'refs/heads', `${branch}.lock`);

export const servers: readonly FaultKind[] = [
  {
    name: 'SIGKILL of the server at a system call',
    transports: ['http'],
    ends: ['pushed', 'already-applied', 'failed', 'error'],
    onFresh: true,
    weight: 6,
    arm: (world, random) => serverUnder(world, random, killGit(random)),
  },
  {
    name: 'the reply is lost after the server applied the push',
    transports: ['http'],
    // Failed, when the branch cannot be read again in the second that is left; the next run finds what was applied.
    ends: ['already-applied', 'failed'],
    onFresh: true,
    weight: 2,
    arm: ({ server }, random) => {
      const silence = random.pick(['hang', 'reset'] as const);
      let fired = false;
      server.intercept = (call) => {
        if (call !== 'write: objects' || fired) return undefined;
        fired = true;
        return { apply: true, silence };
      };
      // A push that hangs has used up the time when it is ended; what is there is still asked for.
      return { at: silence, child: { hurry: { step: 'push', leftMs: 3000 } }, fired: () => fired };
    },
  },
  {
    name: 'both ends of a push die after it was applied',
    transports: ['file'],
    ends: ['already-applied'],
    onFresh: true,
    arm: (world) => hook(world, 'post-receive', ['client=$(ps -o ppid= -p $PPID); kill -9 $client $PPID']),
  },
  {
    name: 'a hook of the server refuses',
    transports: ['file', 'http'],
    ends: ['refused'],
    onFresh: true,
    weight: 2,
    arm: (world, random) =>
      hook(world, random.pick(['pre-receive', 'update'] as const), ['echo "only on Mondays" >&2', 'exit 1']),
  },
  {
    name: 'a hook of the server is killed',
    transports: ['file', 'http'],
    ends: ['refused', 'failed'],
    onFresh: true,
    arm: (world, random) => hook(world, random.pick(['pre-receive', 'update'] as const), ['kill -9 $$']),
  },
  {
    name: 'the ref is locked for a moment',
    transports: ['file', 'http'],
    ends: ['pushed'],
    onFresh: true,
    arm: (world) => {
      const lock = lockOf(world);
      const { onStep, fired } = once('push', () => writeFileSync(lock, ''));
      return {
        at: 'push',
        fired,
        onStep: async (step, attempt, pid) => {
          if (step === 'settle') rmSync(lock, { force: true });
          await onStep?.(step, attempt, pid);
        },
      };
    },
  },
  {
    name: 'a lock of the ref was left by a dead push',
    transports: ['file', 'http'],
    ends: ['failed'],
    onFresh: true,
    arm: (world) => ({
      at: 'push',
      child: { hurry: { step: 'settle', leftMs: 0 } },
      ...once('push', () => writeFileSync(lockOf(world), '')),
    }),
  },
];
