/** Proof from the task graph that this push stands behind its cells, its check and its gates: Nx drops misspelt ones silently. */
import type { TaskGraph } from '@nx/devkit';
import { cellsOf } from '@nx-ci-cache/config';
import { CiCacheError } from '@nx-ci-cache/process';
import { cellTarget } from '../plugin/target-names';
import type { StepContext } from './context';

/**
 * The gates in words for the commit message.
 * @throws CiCacheError `PushRefused` naming each task the run lacks.
 */
export const requireGates = ({ config, projectName, taskGraph }: StepContext): string => {
  const own = (target: string) => `${projectName}:${target}`;
  const push = own('push-constraints');
  const before = taskGraph === undefined ? new Set<string>() : allBefore(taskGraph, push);
  const cells = cellsOf(config).map((cell) => own(cellTarget(cell)));
  const { gates } = config.push;
  const missing = [...cells, own('check-constraints'), ...gates].filter((task) => !before.has(task));
  if (missing.length > 0) {
    throw new CiCacheError(
      'PushRefused',
      `this run does not contain ${missing.join(', ')}, which must succeed before the push`,
      {
        remedy: `Run without --excludeTaskDependencies, and correct push.gates in ${config.file} where a target does not exist.`,
        data: { missing },
      },
    );
  }
  const graph = taskGraph as TaskGraph;
  const testing = gates.filter((gate) => cells.some((cell) => allBefore(graph, gate).has(cell)));
  return gates.length === 0
    ? 'none'
    : `${gates.join(', ')} (${testing.length > 0 ? `${testing.join(', ')} used these files` : 'sources only'})`;
};

/** Every task that must succeed before `task` starts. */
const allBefore = ({ dependencies }: TaskGraph, task: string): Set<string> => {
  const seen = new Set<string>();
  const visit = (each: string): void =>
    dependencies[each]?.forEach((dependency) => {
      if (seen.has(dependency)) return;
      seen.add(dependency);
      visit(dependency);
    });
  visit(task);
  return seen;
};
