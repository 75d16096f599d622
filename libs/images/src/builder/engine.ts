/** Whether an engine of this machine takes an image: buildx lists it as a builder of a driver of its own. */
import { listBuilders, patience } from './observe';
import type { Buildx } from './buildx';

/** @throws CiCacheError `CommandFailed`: buildx does not run. */
export const hasEngine = async (buildx: Buildx): Promise<boolean> => {
  const [json] = await listBuilders(buildx, patience);
  return json
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as { readonly Driver: string; readonly Nodes?: readonly { Status?: string }[] })
    .some(({ Driver, Nodes = [] }) => Driver === 'docker' && Nodes.some(({ Status }) => Status === 'running'));
};
