/** Our tasks as this run wires them: one that lost its inputs would be replayed, and one that looks or acts must never be. */
import type { Task, TaskGraph } from '@nx/devkit';
import { CiCacheError } from '@nx-ci-cache/process';
import { chain } from '../../chain/chain';
import { globsOf } from '../../plugin/target';
import { factsOf, outputsOf, partsOf, type PartOfStep, type StepDefinition } from '../../chain/definition';
import type { StepContext } from '../context/context';
import { isLeftToUs, ownTasks } from '../context/own-tasks';
import { directDependencies, nameOf, tasksBefore } from '../context/task-graph';
import { hasCoordinates, partsNamed } from '../part';
import { holds } from './covers';
import { isCached, seesFile, targetOf } from './declared-inputs';

/**
 * What is added to a target only makes it miss more often; a cached one may also be made uncached.
 * @throws CiCacheError `OptionInvalid` for the first task of this run that Nx could replay wrongly, with the line to change.
 */
export const checkWiring = (context: StepContext): void => {
  const { taskGraph } = context;
  if (taskGraph === undefined) return;
  for (const { task, executor } of ownTasks(context)) {
    const step = chain.find(({ name }) => name === executor);
    if (step === undefined || !isCached(task, context)) continue;
    const fault = step.facts === undefined ? isActing : faultOf(step, task, taskGraph, context);
    if (fault !== undefined) throw rewired(task, fault, context);
  }
};

interface Fault {
  readonly what: string;
  readonly remedy: string;
}

const isActing: Fault = { what: 'has "cache": true, but looks or acts each time', remedy: 'Remove "cache"' };

const faultOf = (step: StepDefinition, task: Task, graph: TaskGraph, context: StepContext): Fault | undefined => {
  const parts = partsOfTask(step, task, context);
  const facts = parts.flatMap((part) => factsOf(part, context) ?? []);
  const written = parts.flatMap((part) => outputsOf(part, context));
  return unseenFault(facts, task, graph, context) ?? unkeptFault(written, task);
};

/** With those of other steps that it does because no task of this run is there for them. */
const partsOfTask = (step: StepDefinition, task: Task, context: StepContext): readonly PartOfStep[] => {
  const options = (targetOf(task, context)?.options ?? {}) as object;
  const own = partsNamed(step, options, context.config).map((part) => ({ step, part }));
  const taken = hasCoordinates(options) ? [] : (step.whole?.with ?? []);
  const others = taken.flatMap((other) => partsOf(other, context.config).map((part) => ({ step: other, part })));
  const workspace = { ...context, taskName: nameOf(task) };
  return [...own, ...others.filter((other) => isLeftToUs(other.step, other.part, workspace))];
};

/** Nx hashes the files that a dependency declares as outputs, where an input names them. */
const unseenFault = (
  facts: readonly string[],
  task: Task,
  graph: TaskGraph,
  context: StepContext,
): Fault | undefined => {
  const before = [...tasksBefore(graph, [task])];
  const unseen = facts.filter((file) => !seesFile(file, before.filter(writes(file)), graph, context)(task));
  const [file] = unseen;
  if (file === undefined) return undefined;
  const what = `is cached, but not on ${file}`;
  if (!before.some(writes(file))) {
    return { what, remedy: `Let a task before it write that file and declare it in "outputs", or set "cache": false` };
  }
  const isDirect = directDependencies(graph, task).some(writes(file));
  const inputs = globsOf(unseen).map((dependentTasksOutputFiles) =>
    JSON.stringify({ dependentTasksOutputFiles, ...(isDirect ? {} : { transitive: true }) }),
  );
  return { what, remedy: `Add ${inputs.join(', ')} to "inputs"` };
};

/** What is not kept is not restored: a hit would leave files of another run. */
const unkeptFault = (files: readonly string[], task: Task): Fault | undefined => {
  const file = files.find((each) => !writes(each)(task));
  if (file === undefined) return undefined;
  return {
    what: `is cached, but ${file} is not among its outputs`,
    remedy: `Add "{workspaceRoot}/${file}", or its folder, to "outputs"`,
  };
};

/** Whether it declares the file, or a folder around it. */
const writes =
  (file: string) =>
  ({ outputs }: Task): boolean =>
    outputs.some((output) => holds(output, file));

const rewired = (task: Task, { what, remedy }: Fault, { projects, projectName }: StepContext) =>
  new CiCacheError('OptionInvalid', `${nameOf(task)} ${what}: Nx would replay what is true no more`, {
    remedy:
      `${remedy} of target "${task.target.target}" in project.json or package.json of ` +
      `${projects[projectName]?.root ?? projectName}, or in targetDefaults of nx.json.`,
    data: { target: task.target.target },
  });
