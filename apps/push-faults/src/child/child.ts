/** One publication in a process of its own, so that it can be killed; it waits at every step until the fault has acted. */
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { publishFiles, type PublishStep } from '@nx-ci-cache/branch';
import { permissionOf } from '@nx-ci-cache/records';
import type { ChildConfig, FromChild } from './messages';

const config = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as ChildConfig;

const tell = (message: FromChild): Promise<void> =>
  new Promise((resolve, reject) =>
    process.send?.(message, (error: Error | null) => (error ? reject(error) : resolve())),
  );

const jump = (byMs: number): void => {
  const now = Date.now;
  Date.now = () => now() + byMs;
};

const startedAt = performance.now();

/** The clock of deadlines is a steady one, which no setting of the other clock moves. */
const leave = (leftMs: number): void => {
  const now = performance.now.bind(performance);
  const byMs = startedAt + config.request.deadlineMs - leftMs - now();
  performance.now = () => now() + byMs;
};

let waitedMs = 0;

const on = async (step: PublishStep, attempt: number): Promise<void> => {
  const { killAt, clock, hurry } = config;
  if (killAt?.step === step && killAt.attempt === attempt) {
    writeFileSync(killAt.mark, '');
    process.kill(process.pid, 'SIGKILL');
  }
  if (clock?.step === step && attempt === 1) {
    jump(clock.byMs);
    await tell({ say: 'clock' });
  }
  const before = performance.now();
  const answered = once(process, 'message');
  await tell({ say: 'step', step, attempt });
  await answered;
  waitedMs += performance.now() - before;
  if (hurry?.step === step && attempt === 1) leave(hurry.leftMs);
};

/** Since the publication began; the start of the process and the waiting for the fault to act are not its time. */
const seconds = (): number => (performance.now() - startedAt - waitedMs) / 1000;

const thrown = (error: unknown): FromChild => {
  const {
    code = 'unknown',
    message,
    stack,
    remedy,
    data,
  } = error as Error & Record<'code' | 'remedy' | 'data', string>;
  return {
    say: 'error',
    error: { code, text: JSON.stringify({ message, remedy, data, stack }) },
    seconds: seconds(),
  };
};

const main = async (): Promise<void> => {
  const last = await publishFiles({ ...config.request, permission: permissionOf({}).constraints, on }).then(
    (outcome): FromChild => ({ say: 'outcome', outcome, seconds: seconds() }),
    thrown,
  );
  await tell(last);
  process.disconnect();
};

void main();
