/** The one maker of the error of a command: in words for a person, and as data for whoever has to tell failures apart. */
import type { Command } from './command';
import { CiCacheError } from './errors';
import { lastLines } from './output';
import { redact } from './redact';

/** What became of a command that did not succeed: the `data` of its `CommandFailed`. Free of secrets. */
export type CommandFailure = {
  /**
   * `exit`: by itself, with an exit code that is no answer. `signal`: by a signal that is not ours. `timeout`, `cancelled`,
   * `output` (it printed more than may be kept): ended by us. `start`: it never ran.
   */
  readonly reason: 'exit' | 'signal' | 'timeout' | 'cancelled' | 'output' | 'start';
  /** Null when it was ended by a signal or never ran. */
  readonly exitCode: number | null;
  /** Null when it ended by itself or never ran. */
  readonly signal: NodeJS.Signals | null;
  /** Of `start` the system's word, such as `ENOENT`; else null. */
  readonly systemError: string | null;
  /** The last 30 lines. */
  readonly stderr: string;
  /** The last 30 lines; empty when it was streamed. */
  readonly stdout: string;
};

/** What is known of a failure; the rest is null or empty. */
export type KnownFailure = Pick<CommandFailure, 'reason'> & Partial<CommandFailure>;

/** The failure of a command that `run` and its like have thrown; undefined for every other error. */
export const commandFailureOf = (error: unknown): CommandFailure | undefined =>
  error instanceof CiCacheError && error.code === 'CommandFailed' && typeof error.data['reason'] === 'string'
    ? (error.data as CommandFailure)
    : undefined;

const longestWord = 1024;
const shownLines = 30;
const shownCharacters = 64 * 1024;
/** Characters that are searched for secrets before the last lines are taken: half of a secret would not be found. */
const searched = 1024 * 1024;

/** @param why what the command did, such as `was cancelled`. */
export const commandFailed = ({ file, args }: Command, why: string, known: KnownFailure): CiCacheError => {
  const stderr = shown(known.stderr);
  const stdout = shown(known.stdout);
  const data: CommandFailure = { exitCode: null, signal: null, systemError: null, ...known, stderr, stdout };
  return new CiCacheError('CommandFailed', `${redact(`${file} ${why}`)}\n${stderr || stdout}`.trimEnd(), {
    remedy: remedyFor(file, args, known),
    data,
  });
};

/** Nobody can run by hand what is not there. */
const remedyFor = (file: string, args: readonly string[], { reason, systemError }: KnownFailure): string =>
  reason === 'start' && systemError === 'ENOENT'
    ? redact(`Install ${file}, or put its folder on PATH.`)
    : `Run it by hand to see all of its output: ${redact([file, ...args].join(' '))
        .split(' ')
        .map(cut)
        .join(' ')}`;

/** A value so long that nobody types it hides the command it stands in. */
const cut = (word: string): string => (word.length > longestWord ? `${word.slice(0, longestWord)}…` : word);

const shown = (text = ''): string => lastLines(redact(text.slice(-searched)).slice(-shownCharacters), shownLines);
