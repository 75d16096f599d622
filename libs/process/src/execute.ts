/** Runs a child to its end: reads what it prints while it comes, keeps the time limit, and judges how it ended. */
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { start, type Child, type Command } from './command';
import { commandFailed, type KnownFailure } from './command-failure';
import { endGroup } from './group';
import { startGuardian } from './guardian';
import { forget, groupOf, remember } from './leftovers';
import { timeLimit } from './time-limit';

export interface Limits {
  readonly timeoutMs: number;
  /** Exit codes that are no failure. */
  readonly accept: readonly number[];
  readonly signal: AbortSignal | undefined;
}

export type Read<Value> = (output: AsyncIterable<Buffer>) => Promise<Value>;

/** How each output is read; what they leave unread is thrown away. */
export interface Readers<Value> {
  readonly stdout: Read<Value>;
  readonly stderr: Read<string>;
  /** What of stdout tells why the command failed. */
  readonly said: (value: Value) => string;
}

export interface Executed<Value> {
  readonly exitCode: number;
  readonly value: Value;
  /** As it was printed. */
  readonly stderr: string;
}

/** @throws CiCacheError `CommandFailed`; what a reader threw, which ends the command. */
export const execute = async <Value>(
  command: Command,
  limits: Limits,
  readers: Readers<Value>,
): Promise<Executed<Value>> => {
  // Before the child: what is started first is there first.
  startGuardian();
  const child = await start(command);
  if (!('pid' in child)) throw notStarted(command, child);
  const group = groupOf(child.pid);
  remember(group);
  const limit = timeLimit(child.pid, limits.timeoutMs, limits.signal);
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const [out, err] = await Promise.allSettled([
    reading(child, child.stdout, readers.stdout),
    reading(child, child.stderr, readers.stderr),
  ]);
  const [exitCode, signal] = await closed;
  limit.stop();
  forget(group);

  const stderr = err.status === 'fulfilled' ? err.value : '';
  const stdout = out.status === 'fulfilled' ? readers.said(out.value) : '';
  const failed = (why: string, reason: KnownFailure['reason']) =>
    commandFailed(command, why, { reason, exitCode, signal, stderr, stdout });
  const reached = limit.reached();
  // A reader of half an output may fail for that reason.
  if (reached === 'timeout') throw failed(`did not end within ${limits.timeoutMs / 1000} s`, reached);
  if (reached === 'cancelled') throw failed('was cancelled', reached);
  if (out.status === 'rejected') throw out.reason;
  if (err.status === 'rejected') throw err.reason;
  if (exitCode === null) throw failed(`was ended by ${signal}`, 'signal');
  if (!limits.accept.includes(exitCode)) throw failed(`ended with exit code ${exitCode}`, 'exit');
  return { exitCode, value: out.value, stderr };
};

/** Ends the command when it cannot be read: nobody would see what it does from then on. */
const reading = async <Value>(child: Child, output: Readable, read: Read<Value>): Promise<Value> => {
  const pieces = output.iterator({ destroyOnReturn: false });
  try {
    return await read(pieces);
  } catch (error) {
    endGroup(child.pid);
    throw error;
  } finally {
    // A reader may hold on to it: what it left unread would keep the output open, and the command from ever ending.
    await pieces.return?.();
    output.resume();
  }
};

export const notStarted = (command: Command, { code, message }: NodeJS.ErrnoException) => {
  const where = command.cwd === undefined ? '' : ` in ${command.cwd}`;
  const systemError = code ?? message;
  return commandFailed(command, `could not be started${where}: ${systemError}`, { reason: 'start', systemError });
};
