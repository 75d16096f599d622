/** Which files of other tasks are in a task's hash: Nx replays a cached task whose hash does not hold what changed. */
import type { Task, TaskGraph } from '@nx/devkit';
import type { TaskInput } from '../../plugin/plugin-inputs';
import type { StepContext } from '../context/context';
import { directDependencies, tasksAfter } from '../context/task-graph';
import { covers } from './covers';

export const targetOf = ({ target: { project, target } }: Task, { projects }: Pick<StepContext, 'projects'>) =>
  projects[project]?.targets?.[target];

/** An aggregate does nothing itself, so nothing of it can be replayed. */
export const isCached = (task: Task, context: Pick<StepContext, 'projects'>): boolean => {
  const target = targetOf(task, context);
  return (task.cache ?? target?.cache) === true && target?.executor !== 'nx:noop';
};

/** Whether a change of the file, which one of `producers` writes, gives the task another hash. */
export const seesFile = (
  file: string,
  producers: readonly Task[],
  graph: TaskGraph,
  context: Pick<StepContext, 'projects' | 'namedInputs'>,
): ((task: Task) => boolean) => {
  const visible = tasksAfter(graph, producers);
  return (task) =>
    outputsInputs(task, context).some(
      ({ dependentTasksOutputFiles: glob, transitive }) =>
        glob !== undefined &&
        (transitive === true
          ? visible.has(task)
          : directDependencies(graph, task).some((each) => producers.includes(each))) &&
        covers(glob, file),
    );
};

interface OutputsInput {
  readonly dependentTasksOutputFiles?: string;
  readonly transitive?: boolean;
}

const outputsInputs = (task: Task, context: Pick<StepContext, 'projects' | 'namedInputs'>): OutputsInput[] => {
  const named = { ...context.namedInputs, ...context.projects[task.target.project]?.namedInputs };
  return expand(targetOf(task, context)?.inputs ?? ['default'], named);
};

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
