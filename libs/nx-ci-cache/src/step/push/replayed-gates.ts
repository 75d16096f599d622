/** A gate that Nx takes from its cache tested the files of an earlier run, unless its hash holds those of this one. */
import type { Task, TaskGraph } from '@nx/devkit';
import { cellsOf, constraintFile, type Cell } from '@nx-ci-cache/config';
import { CiCacheError } from '@nx-ci-cache/process';
import { minimatch } from 'minimatch';
import type { TaskInput } from '../../plugin/plugin-inputs';
import { cellTarget } from '../../plugin/target-names';
import type { StepContext } from '../context/context';
import { dependsDirectly, nameOf, tasksBetween } from './task-graph';

/** @throws CiCacheError `PushRefused` for a gate, or what stands between it and a cell, that is cached without the cell's file. */
export const refuseReplayedGates = (context: StepContext): void => {
  const { config, projectName, taskGraph } = context;
  if (taskGraph === undefined) return;
  for (const gate of config.push.gates)
    for (const cell of cellsOf(config))
      for (const task of tasksBetween(taskGraph, gate, `${projectName}:${cellTarget(cell)}`))
        if (isCached(task, context) && !hashes(task, cell, taskGraph, context)) throw replayed(task, cell);
};

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
