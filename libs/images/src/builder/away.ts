/** Whether a node has gone: a cable that is cut tells nobody, and a build through it only falls silent. */
import type { Buildx } from './buildx';
import { listBuilders, patience } from './observe';
import { isRunning, observedBuilder } from './observed';

/** False where nobody can tell. */
export const isAway = async (buildx: Buildx, builder: string, platform: string): Promise<boolean> => {
  const listed = await listBuilders(buildx, patience).catch(() => undefined);
  const found = listed && observedBuilder(builder, ...listed);
  const nodes = (found?.nodes ?? []).filter(({ explicit }) => explicit.includes(platform));
  return nodes.length > 0 && !nodes.some(isRunning);
};
