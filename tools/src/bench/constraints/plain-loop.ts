/** What a person would write instead: one `uv pip compile` after another, with the same instant and the same flags. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute } from '@nx-ci-cache/e2e/src/support/execute';
import { timed } from '../measure';
import { cells, inputFile, inputs, sdists } from './airflow';

export interface LoopResult {
  /** Seconds of each cell, in the order they ran. */
  readonly seconds: readonly number[];
}

/**
 * @param folder receives `<mode>-<python>.txt`; its `cache` is the loop's own and empty at the start.
 * @param allowSdist as in ci-cache.json; `all` is what uv does by itself.
 * @param modes default: all.
 */
export const plainLoop = async (
  folder: string,
  cutoff: string,
  allowSdist: 'all' | readonly string[] = sdists,
  modes: readonly string[] = Object.keys(inputs),
): Promise<LoopResult> => {
  mkdirSync(folder, { recursive: true });
  for (const [mode, text] of Object.entries(inputs)) writeFileSync(join(folder, inputFile(mode)), `${text}\n`);
  const env = { ...process.env, UV_CACHE_DIR: join(folder, 'cache'), UV_PYTHON_DOWNLOADS: 'never' };
  const seconds: number[] = [];
  for (const { mode, python } of cells.filter((cell) => modes.includes(cell.mode))) {
    const args = ['pip', 'compile', inputFile(mode), '--python-version', python, '--python-platform', 'linux'];
    const builds =
      allowSdist === 'all' ? [] : ['--only-binary', ':all:', ...allowSdist.flatMap((name) => ['--no-binary', name])];
    const same = ['--exclude-newer', cutoff, ...builds];
    const output = ['--quiet', '--no-header', '--no-annotate', '--output-file', `${mode}-${python}.txt`];
    const run = () => execute(process.env['CI_CACHE_UV'] ?? 'uv', [...args, ...same, ...output], { cwd: folder, env });
    seconds.push(await timed(run));
  }
  return { seconds };
};
