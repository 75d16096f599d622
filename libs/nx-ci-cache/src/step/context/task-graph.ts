/** Questions to the graph of this run's tasks, asked by name: a task's id may name a configuration too. */
import type { Task, TaskGraph } from '@nx/devkit';

export const nameOf = ({ target: { project, target } }: Task): string => `${project}:${target}`;

/** `project:target` of every task that must succeed before those of that name start. */
export const namesBefore = (graph: TaskGraph | undefined, name: string): ReadonlySet<string> =>
  new Set(graph === undefined ? [] : before(graph, tasksNamed(graph, name), dependenciesOf).map(nameOf));

/** Tasks that need one of `needed`, directly or not, and that one of `name` needs or that bear it: those come first. */
export const tasksBetween = (graph: TaskGraph, name: string, needed: string): Task[] => {
  const gates = tasksNamed(graph, name);
  const users = after(graph, needed, startedBefore);
  return [...gates, ...before(graph, gates, startedBefore)].filter((task) => users.has(task));
};

/** Tasks whose hash may hold outputs of one of `name`: Nx does not look for them behind a continuous task. */
export const tasksAfter = (graph: TaskGraph, name: string): ReadonlySet<Task> => after(graph, name, dependenciesOf);

export const dependsDirectly = (graph: TaskGraph, task: Task, name: string): boolean =>
  dependenciesOf(graph, task).some((each) => nameOf(each) === name);

type Edges = (graph: TaskGraph, task: Task) => Task[];

const tasksNamed = ({ tasks }: TaskGraph, name: string): Task[] =>
  Object.values(tasks).filter((task) => nameOf(task) === name);

const before = (graph: TaskGraph, tasks: readonly Task[], edges: Edges): Task[] =>
  reached(tasks, (task) => edges(graph, task));

/** From the needed end, once for all: a workspace may have thousands of tasks between. */
const after = (graph: TaskGraph, name: string, edges: Edges): ReadonlySet<Task> => {
  const users = new Map<Task, Task[]>();
  for (const task of Object.values(graph.tasks))
    for (const needed of edges(graph, task)) users.set(needed, [...(users.get(needed) ?? []), task]);
  return new Set(reached(tasksNamed(graph, name), (task) => users.get(task) ?? []));
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
  ...dependenciesOf(graph, task),
  ...tasksOf(graph, graph.continuousDependencies?.[task.id]),
];

const dependenciesOf: Edges = (graph, { id }) => tasksOf(graph, graph.dependencies[id]);

/** Nx 22 and 23 list the ids of tasks, 24 an edge for each: where both may come, both are read. */
const tasksOf = ({ tasks }: TaskGraph, dependencies: readonly (string | { readonly id: string })[] = []): Task[] =>
  dependencies.flatMap((dependency) => {
    const task = tasks[typeof dependency === 'string' ? dependency : dependency.id];
    return task === undefined ? [] : [task];
  });
