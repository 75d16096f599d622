/** The whole list of what has no wheel, from empty caches: the largest input on all Pythons, with nothing to be built. */
import type { Workspace } from '@nx-ci-cache/e2e/src/support/workspace';
import { timed } from '../measure';
import { inputs, projectFiles, pythons } from './airflow';
import { attempt } from './generate';

export interface Missing {
  readonly seconds: number;
  /** Names by Python. */
  readonly names: Readonly<Record<string, readonly string[]>>;
}

export const missingWheels = async (workspace: Workspace, folder: string, cutoff: string): Promise<Missing> => {
  const { constraints = '' } = inputs;
  workspace.write(projectFiles({ constraints }, []));
  await workspace.commit('nothing may be built');
  const seconds = await timed(() => attempt(workspace, folder, cutoff, { uv: 'uv-missing', nx: 'nx-missing' }));
  const said = pythons.map((python) => {
    const record = JSON.parse(workspace.read(`dist/app/constraints-${python}/constraints-${python}.json`)) as object;
    const [, names = ''] = /No usable wheel: (.*)\.$/m.exec('error' in record ? String(record.error) : '') ?? [];
    return [python, names.split(', ').filter(Boolean)] as const;
  });
  return { seconds, names: Object.fromEntries(said) };
};
