/** What must not outlive this process, whether it ends by itself, by a signal or killed: groups it started, folders it made. */
import { rmSync } from 'node:fs';
import { endGroup } from './group';
import { guard, unguard, type Leftover } from './guardian';

const leftovers = new Set<Leftover>();
let isWatching = false;

/** What a child that was just killed still wrote can be in the way for a moment. */
export const wholly = { recursive: true, force: true, maxRetries: 5 } as const;

export const groupOf = (pid: number): Leftover => `-${pid}`;

/** Remembers it until `forget`, and ends or removes it should this process end first. */
export const remember = (leftover: Leftover): void => {
  leftovers.add(leftover);
  guard(leftover);
  if (isWatching) return;
  isWatching = true;
  // One listener for all: one each would be taken for a leak. First of all: others may need what is removed here.
  process.prependOnceListener('exit', removeAll);
};

export const forget = (leftover: Leftover): void => {
  if (leftovers.delete(leftover)) unguard(leftover);
};

/** Groups first: they write to the folders. */
const removeAll = (): void => {
  for (const leftover of leftovers) if (leftover.startsWith('-')) endGroup(-Number(leftover));
  for (const leftover of leftovers) if (leftover.startsWith('/')) rmSync(leftover, wholly);
};
