/** Which generated files a gate tested. Nx may replay a cached one from an earlier run, unless its hash holds the file. */
import type { Task, TaskGraph } from '@nx/devkit';
import { cellsOf, constraintFile, type Cell } from '@nx-ci-cache/config';
import { CiCacheError } from '@nx-ci-cache/process';
import { minimatch } from 'minimatch';
import type { TaskInput } from '../../plugin/plugin-inputs';
import { cellTarget } from '../../plugin/target-names';
import type { StepContext } from '../context/context';
import { dependsDirectly, nameOf, tasksBetween } from './task-graph';

/**
 * The cells whose files the gate, and all that stands between it and the cell, ran with in this run.
 * @throws CiCacheError `PushRefused` for a gate that depends on cells, and may be replayed with none of their files.
 */
export const cellsUsedBy = (gate: string, context: StepContext): Cell[] => {
  const { config, projectName, taskGraph } = context;
  if (taskGraph === undefined) return [];
  const reached = cellsOf(config)
    .map((cell) => ({ cell, tasks: tasksBetween(taskGraph, gate, `${projectName}:${cellTarget(cell)}`) }))
    .filter(({ tasks }) => tasks.length > 0)
    .map(({ cell, tasks }) => ({ cell, blind: tasks.find((task) => isBlindTo(cell, task, taskGraph, context)) }));
  const used = reached.filter(({ blind }) => blind === undefined);
  const [first] = reached;
  if (used.length === 0 && first?.blind !== undefined) throw replayed(first.blind, first.cell);
  return used.map(({ cell }) => cell);
};

/** Nx would take it from its cache although the file is another one. */
const isBlindTo = (cell: Cell, task: Task, graph: TaskGraph, context: StepContext): boolean =>
  isCached(task, context) && !hashes(task, cell, graph, context);

const targetOf = ({ target: { project, target } }: Task, { projects }: StepContext) =>
  projects[project]?.targets?.[target];

const isCached = (task: Task, context: StepContext): boolean => (task.cache ?? targetOf(task, context)?.cache) === true;

const hashes = (task: Task, cell: Cell, graph: TaskGraph, context: StepContext): boolean => {
  const named = { ...context.namedInputs, ...context.projects[task.target.project]?.namedInputs };
  const inputs = expand(targetOf(task, context)?.inputs ?? ['default'], named);
  const direct = dependsDirectly(graph, task, `${context.projectName}:${cellTarget(cell)}`);
  return inputs.some(
    ({ dependentTasksOutputFiles: glob, transitive }) =>
      glob !== undefined && (direct || transitive === true) && minimatch(context.paths.constraints(cell), glob),
  );
};

interface OutputsInput {
  readonly dependentTasksOutputFiles?: string;
  readonly transitive?: boolean;
}

/** With the named ones in place; a name that is being spelled out already adds nothing. */
const expand = (inputs: readonly TaskInput[], named: StepContext['namedInputs']): OutputsInput[] =>
  inputs.flatMap((input): OutputsInput[] => {
    const name = typeof input === 'string' ? input : 'input' in input ? input.input : undefined;
    if (name === undefined) return [input as OutputsInput];
    const { [name]: definition = [], ...others } = named;
    return expand(definition, others);
  });

const replayed = (task: Task, cell: Cell) =>
  new CiCacheError(
    'PushRefused',
    `${nameOf(task)} is cached without ${constraintFile(cell)} in its inputs: it would pass with the files of an earlier run`,
    {
      remedy: `Add { "dependentTasksOutputFiles": "**/${cell.mode}-*.txt", "transitive": true } to the inputs of ${nameOf(task)}, or set "cache": false there.`,
      data: { task: nameOf(task), file: constraintFile(cell) },
    },
  );
