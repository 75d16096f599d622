/** A simulated day: one merge an hour, each changing sources and one of them a requirement; which cells Nx must resolve. */
import type { Workspace } from '@nx-ci-cache/e2e/src/support/workspace';
import { cutoffAt } from '@nx-ci-cache/constraints';
import { hitsOf } from './hits';
import { cells, projectFiles } from './airflow';

const hour = 3_600_000;
const merges = 24;
/** The merge that changes what one of the two modes requires. */
const requirementMerge = 12;
const settleSeconds = 3600;

/** Small inputs: whether a cell hits does not depend on its size. */
const before = { constraints: 'iniconfig', 'constraints-no-providers': 'packaging' };
const after = { ...before, 'constraints-no-providers': 'packaging>=24' };

/** Share, 0 to 1, of the day's cells that were cache hits, after the last merge of the day before. */
export const dayOfMerges = async (
  workspace: Workspace,
  windowSeconds: number,
  firstHalfHour: Date,
): Promise<number> => {
  let hits = 0;
  for (let merge = -1; merge < merges; merge += 1) {
    workspace.write(projectFiles(merge < requirementMerge ? before : after));
    workspace.write({ 'src/code.txt': `merge ${merge}, window ${windowSeconds}\n` });
    await workspace.commit(`merge ${merge}`);
    const now = new Date(firstHalfHour.getTime() + merge * hour);
    const cutoff = cutoffAt(now, { settleSeconds, windowSeconds });
    const { exitCode, all } = await workspace.run('generate-constraints', { CI_CACHE_CUTOFF: cutoff });
    if (exitCode !== 0) throw new Error(all);
    if (merge >= 0) hits += hitsOf(all);
  }
  return hits / (merges * cells.length);
};
