/** Questions to the graph of this run's tasks, asked by name: a task's id may name a configuration too. */
import type { Task, TaskGraph } from '@nx/devkit';

export const nameOf = ({ target: { project, target } }: Task): string => `${project}:${target}`;

/** `project:target` of every task that must succeed before those of that name start. */
export const namesBefore = (graph: TaskGraph | undefined, name: string): ReadonlySet<string> =>
  new Set(graph === undefined ? [] : before(graph, tasksNamed(graph, name)).map(nameOf));

/** Tasks that need one of `needed`, directly or not, and that one of `name` needs or that bear it. */
export const tasksBetween = (graph: TaskGraph, name: string, needed: string): Task[] => {
  const gates = tasksNamed(graph, name);
  return [...gates, ...before(graph, gates)].filter((task) =>
    before(graph, [task]).some((each) => nameOf(each) === needed),
  );
};

export const dependsDirectly = (graph: TaskGraph, { id }: Task, name: string): boolean =>
  dependenciesOf(graph, id).some((task) => nameOf(task) === name);

const tasksNamed = ({ tasks }: TaskGraph, name: string): Task[] =>
  Object.values(tasks).filter((task) => nameOf(task) === name);

const before = (graph: TaskGraph, tasks: readonly Task[]): Task[] => {
  const seen = new Set<Task>();
  const visit = ({ id }: Task): void => {
    for (const task of dependenciesOf(graph, id)) {
      if (seen.has(task)) continue;
      seen.add(task);
      visit(task);
    }
  };
  tasks.forEach(visit);
  return [...seen];
};

/** Nx 22 and 23 list the ids of tasks, 24 an edge for each: where both may come, both are read. */
const dependenciesOf = ({ tasks, dependencies }: TaskGraph, id: string): Task[] =>
  (dependencies[id] ?? []).flatMap((dependency: string | { readonly id: string }) => {
    const task = tasks[typeof dependency === 'string' ? dependency : dependency.id];
    return task === undefined ? [] : [task];
  });
