/** Runs one publication in a child process and tells how it ended: with an outcome, with an error, or by a signal. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PublishStep } from '@nx-ci-cache/branch';
import type { Ended } from '../ended';
import type { ChildConfig, FromChild } from './messages';

export interface Publication {
  readonly script: string;
  readonly folder: string;
  readonly config: ChildConfig;
  readonly env: Readonly<Record<string, string>>;
  /** Command the child runs under. */
  readonly under?: readonly string[];
  /** Called and awaited before each step; the child waits. */
  readonly onStep?: (step: PublishStep, attempt: number, pid: number) => Promise<void> | void;
}

export const publishInChild = async ({
  script,
  folder,
  config,
  env,
  under = [],
  onStep,
}: Publication): Promise<Ended> => {
  const path = join(folder, 'child.json');
  writeFileSync(path, JSON.stringify(config));
  const [file = '', ...args] = [...under, process.execPath, script, path];
  const startedAt = process.hrtime.bigint();
  const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => printed.push(String(chunk)));
  let last: Partial<Ended> = {};
  child.on('message', (message: FromChild) => {
    if (message.say === 'outcome') last = { ...last, outcome: message.outcome, seconds: message.seconds };
    if (message.say === 'error') last = { ...last, error: message.error, seconds: message.seconds };
    if (message.say === 'clock') last = { ...last, clockJumped: true };
    if (message.say === 'step') void passStep(child, onStep, message.step, message.attempt);
  });
  // "disconnect", because its last words may arrive after it is gone; not "close", because a git it had started keeps that.
  await Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
  const seconds = Number(process.hrtime.bigint() - startedAt) / 1e9;
  const killed = last.outcome === undefined && last.error === undefined;
  return { clockJumped: false, seconds, ...last, killed, printed: printed.join('') };
};

const passStep = async (
  child: ChildProcess,
  onStep: Publication['onStep'],
  step: PublishStep,
  attempt: number,
): Promise<void> => {
  await onStep?.(step, attempt, child.pid ?? 0);
  // It may have been killed while the fault acted.
  if (child.connected) child.send('go', () => undefined);
};
