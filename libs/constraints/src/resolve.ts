/** Resolves one cell: a pure function of its facts. */
import { CiCacheError } from '@nx-ci-cache/process';
import type { CellFacts } from '@nx-ci-cache/report';
import { compileCell } from './compile';
import { parsePins } from './pins';
import { renderConstraints } from './render';

export interface Resolution {
  /** The whole constraint file. */
  readonly text: string;
  readonly pins: number;
}

/** @throws CiCacheError `ResolveFailed` with the resolver's own explanation when there is no solution. */
export const resolveCell = async (facts: CellFacts, signal?: AbortSignal): Promise<Resolution> => {
  const { exitCode, stderr, output } = await compileCell(facts, signal ? { signal } : {});
  if (exitCode !== 0) throw unsolved(facts, exitCode, stderr);
  const pins = parsePins(output, `${facts.mode} for Python ${facts.python}`);
  return { text: renderConstraints(facts, pins), pins: pins.size };
};

const unsolved = ({ mode, python, cutoff, requirements }: CellFacts, exitCode: number, stderr: string) =>
  new CiCacheError('ResolveFailed', `no constraints for ${mode} on Python ${python} at ${cutoff}:\n${stderr.trim()}`, {
    remedy:
      exitCode === 1
        ? `Loosen ${requirements.map(({ path }) => path).join(' or ')}; a release newer than the cut-off is not seen yet.`
        : 'Check that the package index can be reached and that the requirements are well formed.',
    data: { mode, python, cutoff, exitCode },
  });
