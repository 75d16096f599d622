/** One fault from beginning to end: a world, a publication that meets the fault, the judgement, and the run after it. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PublishStep } from '@nx-ci-cache/branch';
import { signal } from '@nx-ci-cache/testbed/src/process/end';
import { waitUntil } from '@nx-ci-cache/testbed/src/process/wait';
import type { Ended } from './ended';
import type { FaultKind } from './fault';
import * as judge from './judge';
import type { Finding } from './judge';
import { publishers, type Order, type Publisher } from './publisher';
import { seeded } from '@nx-ci-cache/process/src/testing/random';
import { refLocks } from './world/locks';
import { processesOf } from '@nx-ci-cache/process/src/testing/processes';
import type { Template } from './world/template';
import { openWorld, type World } from './world/world';

export interface Injection {
  readonly kind: string;
  readonly seed: string;
  /** Where exactly the fault struck. */
  readonly at: string;
  readonly fired: boolean;
  readonly ending: string;
  /** Ref locks the server left by its death; each was named, removed, and the next run converged. */
  readonly locks: number;
  readonly findings: readonly Finding[];
}

/** What the newer run publishes that one of the kinds sends before us. */
const theirs = 'one==9\n';

export const inject = async (template: Template, kind: FaultKind, seed: string): Promise<Injection> => {
  const random = seeded(`${seed}/${kind.name}`);
  const transport = random.pick(kind.transports);
  const world = await openWorld(template, transport, kind.onFresh === true && random.between(1, 5) === 1);
  try {
    const publisher = await publishers[kind.publisher ?? 'child'](world);
    const { deadlineMs, ...armed } = { deadlineMs: publisher.deadlineMs, ...(await kind.arm(world, random)) };
    const { ended, kept } = await meet(world, publisher, { deadlineMs, ...armed });
    const findings = [
      ...(await leftOver(world, ended, deadlineMs)),
      ...judge.misbehaved(armed.fired(ended) ? kind.ends : undefined, ended, deadlineMs),
    ];
    await armed.disarm?.();
    const claims = judge.falseClaims(world, publisher.settled(ended), publisher.text);
    const now = [...judge.lost(world, kept), ...claims, ...judge.unsound(world)];
    const locks = refLocks(world.remote);
    const after = await recover(world, publisher, locks, kind.final === 'theirs' ? theirs : publisher.text);
    const later = [...judge.lost(world, kept), ...judge.unsound(world)];
    const all = [...findings, ...now, ...after, ...later];
    const fired = armed.fired(ended);
    const at = `${transport}: ${armed.at}`;
    return { kind: kind.name, seed, at, fired, ending: judge.endingOf(ended), locks: locks.length, findings: all };
  } finally {
    await world.close();
  }
};

/** Lets the publication meet the fault. What others did to the branch meanwhile is what has to be kept. */
const meet = async (
  world: World,
  publisher: Publisher,
  order: Order,
): Promise<{ ended: Ended; kept: readonly string[] }> => {
  let kept = world.history();
  const onStep = async (step: PublishStep, attempt: number, pid: number) => {
    const before = world.tip();
    await order.onStep?.(step, attempt, pid);
    if (world.tip() !== before) kept = world.history();
  };
  const ended = await publisher.publish({ ...order, onStep });
  return { ended, kept };
};

/** Waits for what a killed publication left, at most until deadline + 5 s; ends and reports the rest. */
const leftOver = async (world: World, ended: Ended, deadlineMs: number): Promise<Finding[]> => {
  const limit = Math.max(1000, deadlineMs + 5000 - ended.seconds * 1000);
  const running = () => processesOf(world.folder);
  await waitUntil(async () => running().length === 0, limit);
  const processes = running().map(({ pid, command }): Finding => {
    signal({ pid }, 'SIGKILL');
    return { problem: 'left-over process', text: command };
  });
  const folders = ended.killed ? [] : readdirSync(join(world.folder, 'tmp')).filter((name) => name.startsWith('ci-'));
  return [...processes, ...folders.map((text): Finding => ({ problem: 'other', text: `${text} was left` }))];
};

/** The next run, without any fault; where the server left a lock, the run that names it comes before. */
const recover = async (
  world: World,
  { publish }: Publisher,
  locks: readonly string[],
  expected: string,
): Promise<Finding[]> => {
  const deadlineMs = 20_000;
  const hurry = { step: 'settle', leftMs: 0 } as const;
  const findings = locks.length === 0 ? [] : judge.unnamedLock(await publish({ deadlineMs, child: { hurry } }), locks);
  for (const lock of locks) rmSync(lock);
  return [...findings, ...judge.notConverged(world, await publish({ deadlineMs }), expected)];
};
