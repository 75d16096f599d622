/** A mode of a lock: the lock as a table, and the project beside it, with which it is compared. */
import { posix } from 'node:path';
import { workspacePath } from '@nx-ci-cache/config';
import type { Config, LockSource, Mode } from '@nx-ci-cache/records';
import type { TomlTable } from 'smol-toml';
import { parseOrRefuse } from './project';
import { readSource, writtenPath, type ModeSource } from './source-file';

/** The mode as it would be without its lock; any other one as it is. */
export const withoutLock = (mode: Mode, config: Pick<Config, 'projectRoot'>): Mode => {
  const { lock, ...rest } = mode;
  if (lock === undefined) return mode;
  const beside = posix.join(posix.dirname(workspacePath(lock.path, config)), 'pyproject.toml');
  const { extras, groups } = lock;
  return { ...rest, requirements: [{ pyproject: writtenPath(beside, config), extras, groups }] };
};

export interface ReadLock {
  /** Relative to the workspace. */
  readonly file: string;
  readonly toml: TomlTable;
}

/** @throws CiCacheError `OptionInvalid` for one that is missing, or no TOML. */
export const readLock = ({ path }: LockSource, source: ModeSource): ReadLock => {
  const { file, text } = readSource(path, 'lock', source);
  return { file, toml: parseOrRefuse(text, file) };
};
