/** Airflow's published files beside ours of the same instant, with everything allowed to be built: what plain uv does. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePins, type Pins } from '@nx-ci-cache/constraints';
import type { Workspace } from '@nx-ci-cache/e2e/src/support/workspace';
import { timed } from '../measure';
import { inputs, projectFiles, pythons } from './airflow';
import { generate } from './generate';
import { plainLoop } from './plain-loop';

export interface Beside {
  readonly python: string;
  readonly equal: number;
  /** Pins of the published file that are not Airflow's own packages. */
  readonly published: number;
}

export interface Against {
  readonly files: readonly Beside[];
  /** Seconds from empty caches, and once more with pages and builds still fresh. */
  readonly cold: number;
  readonly again: number;
  readonly plain: readonly number[];
}

/** @param published folder with `constraints-<python>.txt`. */
export const againstPublished = async (
  workspace: Workspace,
  folder: string,
  cutoff: string,
  published: string,
): Promise<Against> => {
  const { constraints = '' } = inputs;
  workspace.write(projectFiles({ constraints }, 'all'));
  await workspace.commit('all may be built');
  const run = (nx: string) => timed(() => generate(workspace, folder, cutoff, { uv: 'uv-all', nx }));
  const cold = await run('nx-all');
  const again = await run('nx-all-again');
  const plain = await plainLoop(join(folder, 'loop-all'), cutoff, 'all', ['constraints']);
  const files = pythons.map((python) => {
    const name = `constraints-${python}.txt`;
    const ours = withoutOwn(workspace.read(`dist/app/constraints-${python}/${name}`), name);
    const theirs = withoutOwn(readFileSync(join(published, name), 'utf8'), name);
    const equal = [...theirs].filter(([each, version]) => ours.get(each) === version).length;
    return { python, equal, published: theirs.size };
  });
  return { files, cold, again, plain: plain.seconds };
};

const withoutOwn = (text: string, name: string): Pins =>
  new Map([...parsePins(text, name)].filter(([each]) => !each.startsWith('apache-airflow')));
