/** Who does what in this project, told by executor and coordinates: targets may be called and grouped as people like. */
import type { ProjectsConfigurations, Task, TaskGraph } from '@nx/devkit';
import type { StepDefinition } from '../../chain/definition';
import { executorOf, pluginName } from '../../configuration/plugin-name';
import { isNamed } from '../part';
import { nameOf, tasksBefore } from './task-graph';

/** What is asked of a workspace. */
export interface Workspace {
  readonly projectName: string;
  readonly projects: ProjectsConfigurations['projects'];
  readonly taskGraph: TaskGraph | undefined;
}

interface Target {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Targets of this project with the executor of a step; without a step, with any of ours. */
export const ownTargets = (workspace: Pick<Workspace, 'projectName' | 'projects'>, step?: { readonly name: string }) =>
  Object.entries(workspace.projects[workspace.projectName]?.targets ?? {}).flatMap(([name, target]) => {
    const [from, executor = ''] = target.executor?.split(':') ?? [];
    if (from !== pluginName || (step !== undefined && executor !== step.name)) return [];
    return [{ name, executor, target, options: target.options as Target['options'] }];
  });

/** Tasks of this run with an executor of ours. */
export const ownTasks = (workspace: Workspace): { readonly task: Task; readonly executor: string }[] => {
  const executors = new Map(ownTargets(workspace).map(({ name, executor }) => [name, executor]));
  return Object.values(workspace.taskGraph?.tasks ?? {}).flatMap((task) => {
    const executor = task.target.project === workspace.projectName ? executors.get(task.target.target) : undefined;
    return executor === undefined ? [] : [{ task, executor }];
  });
};

/** Tasks of this run that do the part of the step: of two that could, the one that waits for the other leaves it to that. */
export const tasksDoing = <Part extends object>(
  step: StepDefinition<Part>,
  part: Part,
  workspace: Workspace,
): Task[] => {
  const names = namesDoing(step, part, workspace);
  const able = ownTasks(workspace).flatMap(({ task }) => (names.includes(task.target.target) ? [task] : []));
  return able.filter((task) => {
    const before = tasksBefore(workspace.taskGraph, [task]);
    return !able.some((other) => before.has(other));
  });
};

/** Whether the task that runs now is to do the part; without a task graph there is no other. */
export const isLeftToUs = <Part extends object>(
  step: StepDefinition<Part>,
  part: Part,
  context: Workspace & { readonly taskName: string },
): boolean => {
  const doing = tasksDoing(step, part, context);
  return doing.length === 0 || doing.some((task) => nameOf(task) === context.taskName);
};

/** What a person runs, or waits for, to have the part done: a target of this run, else of this project. */
export const targetDoing = <Part extends object>(
  step: StepDefinition<Part>,
  part: Part,
  workspace: Workspace,
): string => {
  const [task] = tasksDoing(step, part, workspace);
  if (task !== undefined) return nameOf(task);
  const [name] = namesDoing(step, part, workspace);
  const { projectName } = workspace;
  return name === undefined
    ? `a target of ${projectName} with executor ${executorOf(step.name)}`
    : `${projectName}:${name}`;
};

/** The one with the most coordinates first: it does the least beside the part. */
const namesDoing = <Part extends object>(step: StepDefinition<Part>, part: Part, workspace: Workspace): string[] => {
  const coordinates = Object.entries(step.options?.(part) ?? {});
  return ownTargets(workspace, step)
    .map(({ name, options = {} }) => ({
      name,
      named: coordinates.filter(([key]) => options[key] !== undefined),
      options,
    }))
    .filter(({ named, options }) => named.every(([key, value]) => isNamed(value, options[key])))
    .sort((left, right) => right.named.length - left.named.length)
    .map(({ name }) => name);
};
