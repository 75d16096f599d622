/** Files other tasks read: written whole or not at all. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes beside the target and renames, so that a reader or a kill never meets half a file. */
export const writeFileAtomic = async (path: string, content: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeFile(draft, content);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
};

export const writeJson = (path: string, value: unknown): Promise<void> =>
  writeFileAtomic(path, `${JSON.stringify(value, null, 2)}\n`);

/** The text of a file, or undefined when there is none; every other fault is an error. ESRCH: its process has ended. */
export const readTextIfPresent = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
};

/** The JSON value of a file we wrote ourselves, or undefined when there is none. */
export const readJson = async <Value>(path: string): Promise<Value | undefined> => {
  const text = await readTextIfPresent(path);
  return text === undefined ? undefined : (JSON.parse(text) as Value);
};

export const removeFile = (path: string): Promise<void> => rm(path, { force: true });
