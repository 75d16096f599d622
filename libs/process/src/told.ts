/** Each command that ended, told to whoever listens in this process: nobody does unless a run is asked to be verbose. */
import { channel } from 'node:diagnostics_channel';
import type { Command } from './command';
import { redact } from './redact';

export interface CommandTold {
  /** Its words, free of secrets; no shell has read them. */
  readonly argv: readonly string[];
  readonly seconds: number;
  readonly ended: 'well' | 'badly';
}

const commands = channel('nx-ci-cache:command');

export const tellingOf = async <Value>({ file, args }: Command, run: () => Promise<Value>): Promise<Value> => {
  if (!commands.hasSubscribers) return run();
  const start = performance.now();
  const tell = (ended: CommandTold['ended']) => {
    const seconds = Math.round((performance.now() - start) / 100) / 10;
    commands.publish({ argv: [file, ...args].map((word) => redact(word)), seconds, ended } satisfies CommandTold);
  };
  try {
    const value = await run();
    tell('well');
    return value;
  } catch (error) {
    tell('badly');
    throw error;
  }
};

export const onCommand = (listen: (told: CommandTold) => void): void =>
  commands.subscribe((told) => listen(told as CommandTold));
