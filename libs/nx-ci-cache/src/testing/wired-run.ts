/** A run of all targets of one project, wired as Nx would wire it, for steps that ask who else is in it. */
import type { Task, TaskGraph, TargetConfiguration } from '@nx/devkit';
import type { Workspace } from '../step/context/own-tasks';

export const wiredRun = (projectName: string, targets: Readonly<Record<string, TargetConfiguration>>): Workspace => {
  const task = ([target, { cache, outputs = [] }]: [string, TargetConfiguration]): Task => ({
    ...{ id: `${projectName}:${target}`, target: { project: projectName, target }, overrides: {}, parallelism: true },
    outputs: outputs.map((output) => output.replace('{workspaceRoot}/', '')),
    cache: cache ?? false,
  });
  const tasks = Object.entries(targets).map(task);
  const dependencies = tasks.map(({ id, target: { target } }) => [
    id,
    (targets[target]?.dependsOn ?? []).flatMap((name) => (typeof name === 'string' ? [`${projectName}:${name}`] : [])),
  ]);
  const taskGraph: TaskGraph = {
    roots: [],
    tasks: Object.fromEntries(tasks.map((each) => [each.id, each])),
    dependencies: Object.fromEntries(dependencies) as TaskGraph['dependencies'],
    continuousDependencies: {},
  };
  return { projectName, projects: { [projectName]: { root: projectName, targets: { ...targets } } }, taskGraph };
};
