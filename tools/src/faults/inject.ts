/** One fault from beginning to end: a world, a publication that meets the fault, the judgement, and the run after it. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PublishStep } from '@nx-ci-cache/publish';
import { waitUntil } from '../stack/process/wait';
import { publishInChild, type Ended, type Publication } from './child/publication';
import type { Armed, FaultKind } from './fault';
import * as judge from './judge';
import type { Finding } from './judge';
import { seeded } from './random';
import { refLocks } from './world/locks';
import { processesOf } from './world/processes';
import { requestOf, type Template } from './world/template';
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

const [ours, theirs] = ['one==2.0\ntwo==1.0\n', 'one==9\n'];

export const inject = async (template: Template, kind: FaultKind, seed: string): Promise<Injection> => {
  const random = seeded(`${seed}/${kind.name}`);
  const transport = random.pick(kind.transports);
  const world = await openWorld(template, transport, kind.onFresh === true && random.between(1, 5) === 1);
  try {
    const armed = await kind.arm(world, random);
    const { ended, kept } = await meet(world, armed);
    const findings = [
      ...(await leftOver(world, ended, armed)),
      ...judge.misbehaved(armed.fired(ended) ? kind.ends : undefined, ended, deadlineOf(armed)),
    ];
    await armed.disarm?.();
    const now = [...judge.lost(world, kept), ...judge.falseClaims(world, ended, ours), ...judge.unsound(world)];
    const locks = refLocks(world.remote);
    const after = await recover(world, locks, kind.final === 'theirs' ? theirs : ours);
    const later = [...judge.lost(world, kept), ...judge.unsound(world)];
    const all = [...findings, ...now, ...after, ...later];
    const fired = armed.fired(ended);
    const at = `${transport}: ${armed.at}`;
    return { kind: kind.name, seed, at, fired, ending: judge.endingOf(ended), locks: locks.length, findings: all };
  } finally {
    await world.close();
  }
};

const deadlineOf = ({ deadlineMs = 15_000 }: Armed): number => deadlineMs;

const publication = (world: World, deadlineMs: number): Omit<Publication, 'onStep'> => ({
  script: world.template.script,
  folder: world.folder,
  env: world.env,
  config: { request: { ...requestOf(world.template, world.url, 1, ours), deadlineMs } },
});

/** Lets the publication meet the fault. What others did to the branch meanwhile is what has to be kept. */
const meet = async (world: World, armed: Armed): Promise<{ ended: Ended; kept: readonly string[] }> => {
  let kept = world.history();
  const base = publication(world, deadlineOf(armed));
  const onStep = async (step: PublishStep, attempt: number, pid: number) => {
    const before = world.tip();
    await armed.onStep?.(step, attempt, pid);
    if (world.tip() !== before) kept = world.history();
  };
  const ended = await publishInChild({ ...base, config: { ...base.config, ...armed.child }, onStep });
  return { ended, kept };
};

/** Waits for what a killed publication left, at most until deadline + 5 s; ends and reports the rest. */
const leftOver = async (world: World, ended: Ended, armed: Armed): Promise<Finding[]> => {
  const limit = Math.max(1000, deadlineOf(armed) + 5000 - ended.seconds * 1000);
  const running = () => processesOf(world.folder);
  await waitUntil(async () => running().length === 0, limit);
  const processes = running().map(({ pid, command }): Finding => {
    process.kill(pid, 'SIGKILL');
    return { problem: 'left-over process', text: command };
  });
  const folders = ended.killed ? [] : readdirSync(join(world.folder, 'tmp')).filter((name) => name.startsWith('ci-'));
  return [...processes, ...folders.map((text): Finding => ({ problem: 'other', text: `${text} was left` }))];
};

/** The next run, without any fault; where the server left a lock, the run that names it comes before. */
const recover = async (world: World, locks: readonly string[], expected: string): Promise<Finding[]> => {
  const again = (deadlineMs: number) => publishInChild(publication(world, deadlineMs));
  const findings = locks.length === 0 ? [] : judge.unnamedLock(await again(1500), locks);
  for (const lock of locks) rmSync(lock);
  return [...findings, ...judge.notConverged(world, await again(20_000), expected)];
};
