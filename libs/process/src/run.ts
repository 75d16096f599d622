/** The ways to run a command: its output kept, as text or bytes, or streamed. */
import type { Command } from './command';
import { commandFailed } from './command-failure';
import { execute, type Executed, type Read } from './execute';
import { collect, eachLine, keepTail } from './output';
import { redact } from './redact';
import { tellingOf } from './told';

export interface RunOptions {
  /** Milliseconds until the process group is killed. Default: 10 minutes. */
  readonly timeoutMs?: number;
  /** Exit codes that are an answer and no failure. Default: only 0. */
  readonly accept?: readonly number[];
  /**
   * Called with each line of stderr as it comes and as it was printed, **secrets included**: `redact` what is shown. Of
   * stderr only the last 64 KiB are kept then. An error it throws ends the command and is thrown on.
   */
  readonly onRawLine?: (line: string) => void;
  /** Kills the process group when aborted. */
  readonly signal?: AbortSignal;
}

export interface CommandResult {
  /** One of those accepted. */
  readonly exitCode: number;
  readonly stdout: string;
  /** Free of secrets. */
  readonly stderr: string;
}

type StreamedResult<Value> = Omit<CommandResult, 'stdout'> & { readonly value: Value };

const tenMinutes = 600_000;
const mebibyte = 1024 * 1024;
const mostKept = 256 * mebibyte;
/** Characters that are searched for secrets before less of them is kept: half of a secret would not be found. */
const searched = mebibyte;
const shown = 64 * 1024;

/**
 * Runs a command and keeps what it prints, up to 256 MiB on stdout and on stderr.
 * @throws CiCacheError `CommandFailed`, its data a `CommandFailure`: not startable, killed, timed out, cancelled, an exit
 * code not accepted, or more output than that.
 */
export const run = async (command: Command, options: RunOptions = {}): Promise<CommandResult> => {
  const { stdout, ...ended } = await runForBytes(command, options);
  return { ...ended, stdout: stdout.toString('utf8') };
};

/** Like `run`, for commands whose stdout is no text. */
export const runForBytes = async (
  command: Command,
  options: RunOptions = {},
): Promise<Omit<CommandResult, 'stdout'> & { readonly stdout: Buffer }> => {
  const readers = { stdout: collecting(command, 'stdout'), said: endOf };
  const { value, ...ended } = await executeWith(command, options, readers);
  return { ...ended, stdout: value };
};

/**
 * Like `run`, but hands stdout, however large, to `consume` in parts; the command waits while it is slow. What `consume`
 * leaves unread is thrown away. An error it throws ends the command and is thrown on.
 */
export const runStreaming = <Value>(
  command: Command,
  consume: (stdout: AsyncIterable<Buffer>) => Promise<Value>,
  options: RunOptions = {},
): Promise<StreamedResult<Value>> => executeWith(command, options, { stdout: consume, said: () => '' });

const executeWith = async <Value>(
  command: Command,
  { timeoutMs = tenMinutes, accept = [0], signal, onRawLine }: RunOptions,
  readers: { readonly stdout: Read<Value>; readonly said: (value: Value) => string },
): Promise<Executed<Value>> => {
  const stderr = onRawLine === undefined ? textOf(collecting(command, 'stderr')) : listening(onRawLine);
  const limits = { timeoutMs, accept, signal };
  const executed = await tellingOf(command, () => execute(command, limits, { ...readers, stderr }));
  const clean = redact(executed.stderr);
  return { ...executed, stderr: onRawLine === undefined ? clean : clean.slice(-shown) };
};

const collecting =
  (command: Command, name: string): Read<Buffer> =>
  (output) =>
    collect(output, mostKept, () =>
      commandFailed(command, `printed more than ${mostKept / mebibyte} MiB on ${name}`, { reason: 'output' }),
    );

const textOf =
  (read: Read<Buffer>): Read<string> =>
  async (output) =>
    (await read(output)).toString('utf8');

const listening =
  (onLine: (line: string) => void): Read<string> =>
  async (output) => {
    const tail = keepTail(searched);
    await eachLine(output, (line) => {
      tail.add(`${line}\n`);
      onLine(line);
    });
    return tail.text();
  };

const endOf = (stdout: Buffer): string => stdout.subarray(-searched).toString('utf8');
