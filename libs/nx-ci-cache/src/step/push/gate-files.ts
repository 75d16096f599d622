/** Which generated files a gate tested. Nx may replay a cached one from an earlier run, unless its hash holds the file. */
import type { Task, TaskGraph } from '@nx/devkit';
import { cellsOf, constraintFile, type Cell } from '@nx-ci-cache/records';
import { CiCacheError } from '@nx-ci-cache/process';
import { minimatch } from 'minimatch';
import type { TaskInput } from '../../plugin/plugin-inputs';
import { cellTarget } from '../../chain/target-names';
import type { StepContext } from '../context/context';
import { dependsDirectly, nameOf, tasksAfter, tasksBetween } from '../context/task-graph';

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
    .map(({ cell, tasks }) => ({ cell, blind: blindTo(cell, tasks, taskGraph, context) }));
  const used = reached.filter(({ blind }) => blind === undefined);
  const [first] = reached;
  if (used.length === 0 && first?.blind !== undefined) throw replayed(first.blind, first.cell, taskGraph, projectName);
  return used.map(({ cell }) => cell);
};

/** The first that Nx would take from its cache although the file is another one. */
const blindTo = (cell: Cell, tasks: readonly Task[], graph: TaskGraph, context: StepContext): Task | undefined => {
  const name = `${context.projectName}:${cellTarget(cell)}`;
  const visible = tasksAfter(graph, name);
  return tasks.find(
    (task) =>
      isCached(task, context) &&
      !outputsInputs(task, context).some(
        ({ dependentTasksOutputFiles: glob, transitive }) =>
          glob !== undefined &&
          (transitive === true ? visible.has(task) : dependsDirectly(graph, task, name)) &&
          // As Nx matches, which finds hidden folders too.
          minimatch(context.paths.constraints(cell), glob, { dot: true }),
      ),
  );
};

const targetOf = ({ target: { project, target } }: Task, { projects }: StepContext) =>
  projects[project]?.targets?.[target];

/** An aggregate does nothing itself, so nothing of it can be replayed. */
const isCached = (task: Task, context: StepContext): boolean => {
  const target = targetOf(task, context);
  return (task.cache ?? target?.cache) === true && target?.executor !== 'nx:noop';
};

const outputsInputs = (task: Task, context: StepContext): OutputsInput[] => {
  const named = { ...context.namedInputs, ...context.projects[task.target.project]?.namedInputs };
  return expand(targetOf(task, context)?.inputs ?? ['default'], named);
};

interface OutputsInput {
  readonly dependentTasksOutputFiles?: string;
  readonly transitive?: boolean;
}

/**
 * With the named ones in place; a name that is being spelled out already adds nothing, and one that is asked of other
 * projects stands for their files alone.
 */
const expand = (inputs: readonly TaskInput[], named: StepContext['namedInputs']): OutputsInput[] =>
  inputs.flatMap((input): OutputsInput[] => {
    if (typeof input === 'object' && !('input' in input)) return [input as OutputsInput];
    if (typeof input === 'object' && isOfOthers(input)) return [];
    const name = typeof input === 'string' ? input : input.input;
    const { [name]: definition = [], ...others } = named;
    return expand(definition, others);
  });

const isOfOthers = (input: object): boolean =>
  ('dependencies' in input && input.dependencies === true) ||
  ('projects' in input && input.projects !== undefined && input.projects !== 'self');

const replayed = (task: Task, cell: Cell, graph: TaskGraph, projectName: string) => {
  const isVisible = tasksAfter(graph, `${projectName}:${cellTarget(cell)}`).has(task);
  const input = `{ "dependentTasksOutputFiles": "**/${cell.mode}-*.txt", "transitive": true }`;
  const add = isVisible ? 'Add' : `Let ${nameOf(task)} depend on ${projectName}:generate-constraints itself, and add`;
  return new CiCacheError(
    'PushRefused',
    `${nameOf(task)} is cached without ${constraintFile(cell)} in its inputs: it would pass with the files of an earlier run`,
    {
      remedy: `${add} ${input} to the inputs of ${nameOf(task)}, or set "cache": false there.`,
      data: { task: nameOf(task), file: constraintFile(cell) },
    },
  );
};
