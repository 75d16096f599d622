/**
 * Whose Python builds sdists: their metadata is what their own code says under it. So its version is a fact of the cell,
 * and what it built is kept apart: the resolver keeps such metadata for good, whatever Python and bounds built it.
 */
import { join } from 'node:path';
import { CiCacheError, digestOf, run } from '@nx-ci-cache/process';
import type { CellFacts } from '@nx-ci-cache/report';
import { cacheFolderCommand, findPythonCommand } from './uv';

/** Full version of this machine's `python` (X.Y), or of the one it has instead. @throws CiCacheError `ResolveFailed` without any. */
export const observeSdistPython = async (python: string): Promise<string> => {
  for (const wanted of [[python], []]) {
    const { exitCode, stdout } = await run(findPythonCommand(...wanted), { accept: [0, 1, 2] });
    if (exitCode === 0) return stdout.trim();
  }
  throw new CiCacheError('ResolveFailed', `no Python to build sdists for Python ${python} was found`, {
    remedy: `Install Python ${python}, or take all names out of "allowSdist".`,
  });
};

/** Arguments of a resolution that may build sdists; none for any other. */
export const sdistArguments = async ({ sdistPython, buildConstraints }: CellFacts): Promise<readonly string[]> => {
  if (sdistPython === undefined) return [];
  const cache = (await run(cacheFolderCommand())).stdout.trim();
  const apart = digestOf([sdistPython, buildConstraints ?? []]).slice('sha256:'.length, 'sha256:'.length + 12);
  return ['--python', sdistPython, '--cache-dir', join(cache, 'nx-ci-cache', apart)];
};

const missing = /^error: No interpreter found for Python/m;

/** @throws CiCacheError `ResolveFailed` when the facts' Python is not on this machine. */
export const refuseMissingPython = ({ sdistPython }: CellFacts, stderr: string): void => {
  if (sdistPython === undefined || !missing.test(stderr)) return;
  throw new CiCacheError('ResolveFailed', `Python ${sdistPython}, which is to build sdists, is not on this machine`, {
    remedy: `Give cells the Pythons that the snapshot found: install ${sdistPython} here, or run both on one machine.`,
    data: { sdistPython },
  });
};
