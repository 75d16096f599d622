/** One command at a time per folder: two `up`s at once would start everything twice. */
import { randomBytes } from 'node:crypto';
import { link, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readJson } from '@nx-ci-cache/process';
import { StackError } from '../errors';
import { identify, isRunning, type ProcessIdentity } from './identity';
import { waitUntil } from './wait';

const waitMs = 600_000;

export const withLock = async <Value>(path: string, action: () => Promise<Value>): Promise<Value> => {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, JSON.stringify(await identify(process.pid)));
  try {
    if (!(await waitUntil(() => take(draft, path), waitMs, 100))) {
      throw new StackError(`${path} is held by another command.`, 'Wait until that command has ended.');
    }
    try {
      return await action();
    } finally {
      await rm(path, { force: true });
    }
  } finally {
    await rm(draft, { force: true });
  }
};

/** A link appears whole or not at all, so that nobody reads a lock without its owner. */
const take = async (draft: string, path: string): Promise<boolean> => {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (!(await isRunning(await readJson<ProcessIdentity>(path)))) await discard(path);
    return false;
  }
};

/** Its owner is dead. Renaming first lets only one of several waiters remove it. */
const discard = async (path: string): Promise<void> => {
  const grave = `${path}.${randomBytes(6).toString('hex')}`;
  await rename(path, grave).catch(() => undefined);
  await rm(grave, { force: true });
};
