/** Direct requirements that hold on another platform of the project only: the file, resolved for one, has no pin of them. */
import type { CellFacts } from '@nx-ci-cache/records';
import { pinsOf, readLines } from '../file/lines';
import { compileCell } from '../resolver/compile';

const targets: Readonly<Record<string, string>> = {
  'linux/arm64': 'aarch64-unknown-linux-gnu',
  'linux/riscv64': 'riscv64-unknown-linux',
};

/** Warnings. @param found normalised names of all packages the cell resolved to. */
export const requiredElsewhere = async (
  { platforms = [], ...facts }: CellFacts,
  found: readonly string[],
  signal?: AbortSignal,
): Promise<readonly string[]> => {
  const warnings: string[] = [];
  for (const platform of platforms) {
    const target = targets[platform.split('/').slice(0, 2).join('/')];
    if (target === undefined) continue;
    const { exitCode, output } = await compileCell(facts, {
      args: ['--no-deps'],
      platform: target,
      ...(signal ? { signal } : {}),
    });
    const missing = exitCode === 0 ? [...pinsOf(readLines(output)).keys()].filter((name) => !found.includes(name)) : [];
    for (const name of missing)
      warnings.push(`${name} is required on ${platform} only: this file is for linux/amd64, and has no pin of it`);
  }
  return warnings;
};
