/** What other machines are to do, for the CI that starts them: stale legs as a matrix, and what their jobs must be told. */
import { appendFile } from 'node:fs/promises';
import { legMatrix } from '@nx-ci-cache/images';
import { writeJson } from '@nx-ci-cache/process';
import type { Seen } from '@nx-ci-cache/records';
import type { StepContext } from '../context/context';
import type { LegWithPlan } from './plan-leg';

interface LeftToOthers {
  /** Stale legs that may be built. */
  readonly wanted: readonly Pick<LegWithPlan, 'spec'>[];
  /** Whether an image is to be published, once its legs are there. */
  readonly isPublishing: boolean;
  readonly constraintsCommit: string | null;
  readonly seen: Seen;
}

/** To files, and to the outputs of GitHub's step where there are some. */
export const handOver = async (
  { wanted, isPublishing, constraintsCommit, seen }: LeftToOthers,
  { at, config, environment, paths }: StepContext,
): Promise<void> => {
  const legs = wanted.map(({ spec: { name, image, python, platform, imageBases } }) => ({
    ...{ name, image, python, platform },
    bases: Object.values(imageBases).map((base) => base.name),
  }));
  const matrix = legMatrix(legs, config.builder.nodes);
  await writeJson(at(paths.matrix), matrix);
  // What a preview was not let see is no digest: a job that may see it looks for itself.
  const bases = Object.fromEntries(Object.entries(seen.bases).filter(([, digest]) => digest.startsWith('sha256:')));
  const told = { ...seen, bases };
  await writeJson(at(paths.seen), told);
  // An empty matrix fails a workflow, so its jobs ask `stale` first.
  const outputs = {
    matrix: JSON.stringify(matrix),
    stale: matrix.include.length > 0,
    publish: isPublishing,
    'constraints-commit': constraintsCommit ?? '',
    seen: JSON.stringify(told),
  };
  const file = environment['GITHUB_OUTPUT'];
  const lines = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`);
  if (file) await appendFile(file, lines.join(''));
};
