/** Which generated files a gate tested. Nx may replay a cached one from an earlier run, unless its hash holds the file. */
import type { Task, TaskGraph } from '@nx/devkit';
import { cellsOf, constraintFile, type Cell } from '@nx-ci-cache/records';
import { CiCacheError } from '@nx-ci-cache/process';
import { generateConstraintsStep } from '../../chain/generate-constraints';
import type { StepContext } from '../context/context';
import { targetDoing, tasksDoing } from '../context/own-tasks';
import { nameOf, tasksAfter, tasksBetween, tasksNamed } from '../context/task-graph';
import { isCached, seesFile } from './declared-inputs';

/**
 * The cells whose files the gate, and all that stands between it and the cell, ran with in this run.
 * @throws CiCacheError `PushRefused` for a gate that depends on cells, and may be replayed with none of their files.
 */
export const cellsUsedBy = (gate: string, context: StepContext): Cell[] => {
  const { config, taskGraph } = context;
  if (taskGraph === undefined) return [];
  const gates = tasksNamed(taskGraph, gate);
  const reached = cellsOf(config)
    .map((cell) => ({ cell, producers: tasksDoing(generateConstraintsStep, cell, context) }))
    .map((each) => ({ ...each, tasks: tasksBetween(taskGraph, gates, each.producers) }))
    .filter(({ tasks }) => tasks.length > 0)
    .map((each) => ({ ...each, blind: blindTo(each, taskGraph, context) }));
  const used = reached.filter(({ blind }) => blind === undefined);
  const [first] = reached;
  if (used.length === 0 && first?.blind !== undefined) throw replayed(first.blind, first, taskGraph, context);
  return used.map(({ cell }) => cell);
};

interface Reached {
  readonly cell: Cell;
  /** Who generate the cell's file. */
  readonly producers: readonly Task[];
  /** The gate and what stands between. */
  readonly tasks: readonly Task[];
}

/** The first that Nx would take from its cache although the file is another one. */
const blindTo = ({ cell, producers, tasks }: Reached, graph: TaskGraph, context: StepContext): Task | undefined => {
  const cached = tasks.filter((task) => isCached(task, context));
  if (cached.length === 0) return undefined;
  const sees = seesFile(context.paths.constraints(cell), producers, graph, context);
  return cached.find((task) => !sees(task));
};

const replayed = (task: Task, { cell, producers }: Reached, graph: TaskGraph, context: StepContext) => {
  const isVisible = tasksAfter(graph, producers).has(task);
  const input = `{ "dependentTasksOutputFiles": "**/${cell.mode}-*.txt", "transitive": true }`;
  const needed = targetDoing({ ...generateConstraintsStep, options: () => ({}) }, cell, context);
  const add = isVisible ? 'Add' : `Let ${nameOf(task)} depend on ${needed} itself, and add`;
  return new CiCacheError(
    'PushRefused',
    `${nameOf(task)} is cached without ${constraintFile(cell)} in its inputs: it would pass with the files of an earlier run`,
    {
      remedy: `${add} ${input} to the inputs of ${nameOf(task)}, or set "cache": false there.`,
      data: { task: nameOf(task), file: constraintFile(cell) },
    },
  );
};
