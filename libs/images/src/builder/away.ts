/** Whether a node has gone: a cable that is cut tells nobody, and a build through it only falls silent. */
import { run } from '@nx-ci-cache/process';
import { buildxWith, type Buildx } from './buildx';
import { isRunning, observedBuilder, tableFormat } from './observed';

/** Long enough for a machine at work, and short beside the silence before. */
const patience = '10s';

/** False where nobody can tell. */
export const isAway = async (buildx: Buildx, builder: string, platform: string): Promise<boolean> => {
  const list = (format: string) =>
    run(buildxWith(buildx, ['ls', '--no-trunc', '--timeout', patience, '--format', format]));
  const seen = await Promise.all([list('json'), list(tableFormat)]).catch(() => undefined);
  const found = seen && observedBuilder(builder, seen[0].stdout, seen[1].stdout);
  const nodes = (found?.nodes ?? []).filter(({ explicit }) => explicit.includes(platform));
  return nodes.length > 0 && !nodes.some(isRunning);
};
