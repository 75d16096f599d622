/** Questions to the graph of this run's tasks. */
import type { Task, TaskGraph } from '@nx/devkit';

/** Without the configuration, which a task's id may name too. */
export const nameOf = ({ target: { project, target } }: Task): string => `${project}:${target}`;

/** Every configuration of the target is a task of that name. */
export const tasksNamed = (graph: TaskGraph | undefined, name: string): Task[] =>
  Object.values(graph?.tasks ?? {}).filter((task) => nameOf(task) === name);

/** Tasks that must succeed before one of `tasks` starts. */
export const tasksBefore = (graph: TaskGraph | undefined, tasks: readonly Task[]): ReadonlySet<Task> =>
  new Set(graph === undefined ? [] : before(graph, tasks, directDependencies));

/** Tasks that need one of `needed`, directly or not, and that one of `tasks` needs or that bear it: those come first. */
export const tasksBetween = (graph: TaskGraph, tasks: readonly Task[], needed: readonly Task[]): Task[] => {
  const users = after(graph, needed, startedBefore);
  return [...tasks, ...before(graph, tasks, startedBefore)].filter((task) => users.has(task));
};

/** Tasks whose hash may hold outputs of one of `needed`: Nx does not look for them behind a continuous task. */
export const tasksAfter = (graph: TaskGraph, needed: readonly Task[]): ReadonlySet<Task> =>
  after(graph, needed, directDependencies);

export const directDependencies = (graph: TaskGraph, { id }: Task): Task[] => tasksOf(graph, graph.dependencies[id]);

type Edges = (graph: TaskGraph, task: Task) => Task[];

const before = (graph: TaskGraph, tasks: readonly Task[], edges: Edges): Task[] =>
  reached(tasks, (task) => edges(graph, task));

/** From the needed end, once for all: a workspace may have thousands of tasks between. */
const after = (graph: TaskGraph, needed: readonly Task[], edges: Edges): ReadonlySet<Task> => {
  const users = new Map<Task, Task[]>();
  for (const task of Object.values(graph.tasks))
    for (const each of edges(graph, task)) users.set(each, [...(users.get(each) ?? []), task]);
  return new Set(reached(needed, (task) => users.get(task) ?? []));
};

const reached = (from: readonly Task[], next: (task: Task) => readonly Task[]): Task[] => {
  const seen = new Set<Task>();
  const left = [...from];
  for (let task = left.pop(); task !== undefined; task = left.pop()) {
    const found = next(task).filter((each) => !seen.has(each));
    found.forEach((each) => seen.add(each));
    left.push(...found);
  }
  return [...seen];
};

/** What the task waits for: the end of the one kind, the start of the other. */
const startedBefore: Edges = (graph, task) => [
  ...directDependencies(graph, task),
  ...tasksOf(graph, graph.continuousDependencies?.[task.id]),
];

/** Nx 22 and 23 list the ids of tasks, 24 an edge for each: where both may come, both are read. */
const tasksOf = ({ tasks }: TaskGraph, dependencies: readonly (string | { readonly id: string })[] = []): Task[] =>
  dependencies.flatMap((dependency) => {
    const task = tasks[typeof dependency === 'string' ? dependency : dependency.id];
    return task === undefined ? [] : [task];
  });
