/**
 * Whose Python a resolution runs under. Its metadata of sdists is what their own code says under it, so there its version
 * is a fact of the cell; elsewhere any will do that takes the usual wheels, which a free-threaded one does not.
 */
import { CiCacheError, run } from '@nx-ci-cache/process';
import type { CellFacts } from '@nx-ci-cache/records';
import { findPythonCommand } from './uv';

const any = '>=3.8+gil';

/** Full version of this machine's `python` (X.Y), or of the one it has instead. @throws CiCacheError `ResolveFailed` without any. */
export const observeSdistPython = async (python: string): Promise<string> => {
  for (const wanted of [`${python}+gil`, any]) {
    const { exitCode, stdout } = await run(findPythonCommand(wanted), { accept: [0, 1, 2] });
    if (exitCode === 0) return stdout.trim();
  }
  throw new CiCacheError('ResolveFailed', `no Python to build sdists for Python ${python} was found`, {
    remedy: `Install Python ${python}, or take all names out of "allowSdist".`,
  });
};

export const interpreterArguments = ({ sdistPython }: CellFacts): readonly string[] => [
  '--python',
  sdistPython === undefined ? any : `${sdistPython}+gil`,
];

const missing = /^error: No interpreter found for Python/m;

/** @throws CiCacheError `ResolveFailed` when this machine lacks the facts' Python, or has none at all. */
export const refuseMissingPython = ({ sdistPython }: CellFacts, stderr: string): void => {
  if (!missing.test(stderr)) return;
  if (sdistPython === undefined) {
    throw new CiCacheError('ResolveFailed', 'no Python was found on this machine, and the resolver runs under one', {
      remedy: 'Install Python 3.8 or newer, any but a free-threaded one.',
    });
  }
  throw new CiCacheError('ResolveFailed', `Python ${sdistPython}, which is to build sdists, is not on this machine`, {
    remedy: `Give cells the Pythons that the snapshot found: install ${sdistPython} here, or run both on one machine.`,
    data: { sdistPython },
  });
};
