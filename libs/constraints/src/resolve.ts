/** Resolves one cell: a pure function of its facts, in a private folder that is gone afterwards. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CiCacheError, run } from '@nx-ci-cache/process';
import type { CellFacts } from '@nx-ci-cache/report';
import { parsePins } from './pins';
import { renderConstraints } from './render';
import { compileCommand, configName, inputName, outputName, uvConfig } from './uv';

export interface Resolution {
  /** The whole constraint file. */
  readonly text: string;
  readonly pins: number;
}

/** @throws CiCacheError `ResolveFailed` with the resolver's own explanation when there is no solution. */
export const resolveCell = async (facts: CellFacts, signal?: AbortSignal): Promise<Resolution> => {
  const folder = await mkdtemp(join(tmpdir(), 'nx-ci-cache-cell-'));
  try {
    await writeFile(join(folder, configName), uvConfig(facts));
    await Promise.all(facts.requirements.map(({ text }, at) => writeFile(join(folder, inputName(at)), text)));
    const { exitCode, stderr } = await run(compileCommand(facts, folder), {
      accept: [0, 1, 2],
      ...(signal ? { signal } : {}),
    });
    if (exitCode !== 0) throw unsolved(facts, exitCode, stderr);
    const pins = parsePins(
      await readFile(join(folder, outputName), 'utf8'),
      `${facts.mode} for Python ${facts.python}`,
    );
    return { text: renderConstraints(facts, pins), pins: pins.size };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const unsolved = ({ mode, python, cutoff, requirements }: CellFacts, exitCode: number, stderr: string) =>
  new CiCacheError('ResolveFailed', `no constraints for ${mode} on Python ${python} at ${cutoff}:\n${stderr.trim()}`, {
    remedy:
      exitCode === 1
        ? `Loosen ${requirements.map(({ path }) => path).join(' or ')}; a release newer than the cut-off is not seen yet.`
        : 'Check that the package index can be reached and that the requirements are well formed.',
    data: { mode, python, cutoff, exitCode },
  });
