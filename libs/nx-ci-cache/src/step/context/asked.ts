/** What whoever started the run asked for: flags of the named target, which Nx hands to it alone, and the environment. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecutorContext, Task } from '@nx/devkit';
import {
  configFileName,
  flagOf,
  invalid,
  refuseUnknownWords,
  switchNames,
  variableOf,
  type Asked,
} from '@nx-ci-cache/config';
import { noop } from '../../configuration/plugin-name';
import { coordinateNames } from '../part';
import { refuseUnlocked } from './locked';
import { ownTargets, ownTasks } from './own-tasks';
import { tasksBefore, tasksNamed } from './task-graph';
import { nxVersion, refuseVersions } from './versions';

/** Options by which a target is one part of its step, and those of what a person asks for. */
const options = [
  ...[...coordinateNames, 'package', 'branch', 'file', 'check', 'dest', 'builder', 'open'],
  ...['json', 'metrics', 'badge', 'failOn'],
];

/** Flags stand in the run's task graph, where every step of the project sees them (Nx 22 to 24). */
export const askedOf = (context: ExecutorContext): Asked => ({
  flags: Object.fromEntries(
    [...ownTasksIn(context), ...idleTasksIn(context)].flatMap(({ overrides = {} }) =>
      Object.entries(overrides).filter(isFlag),
    ),
  ),
  environment: process.env,
});

/** Nx's own list of the same words, and positional ones, which are none when there are none. */
const isFlag = ([name, value]: [string, unknown]): boolean =>
  name !== '__overrides_unparsed__' && !(name === '_' && Array.isArray(value) && value.length === 0);

/** By the first step of a run, before anything happened. @throws CiCacheError `OptionInvalid` for a word nothing reads, or for what runs us. */
export const checkAsked = async (asked: Asked, context: ExecutorContext): Promise<void> => {
  if (!isFirst(context)) return;
  refuseVersions({ node: process.versions.node, nx: await nxVersion(context.root) });
  refuseUnlocked(context);
  const projects = Object.values(context.projectsConfigurations.projects);
  const texts = projects.map(({ root }) => readFile(join(context.root, root, configFileName), 'utf8').catch(() => ''));
  const configurations = [...(await Promise.all(texts)), JSON.stringify(projects.map(({ targets }) => targets))];
  refuseUnknownWords(asked, { options, configurations });
  refuseStandingSwitches(context);
};

/** A switch is for one run: as an option it would be one that everybody forgets. */
const refuseStandingSwitches = ({ projectName = '', projectsConfigurations: { projects } }: ExecutorContext): void => {
  for (const { name, options = {} } of ownTargets({ projectName, projects })) {
    const found = switchNames.find((each) => each in options);
    if (found === undefined) continue;
    const place = { file: `target ${projectName}:${name}`, key: `options.${found}` };
    const remedy = `Remove it there, and give --${flagOf(found)} or ${variableOf(found)} to the run that is to have it.`;
    throw invalid(place, options[found], 'no switch of a run', remedy);
  }
};

/** Whether no other step of ours ran before this one: that one would have refused. */
const isFirst = (context: ExecutorContext): boolean => {
  const current = tasksNamed(context.taskGraph, `${context.projectName}:${context.targetName}`);
  const before = tasksBefore(context.taskGraph, current);
  return !ownTasksIn(context).some((task) => before.has(task));
};

/** Of this project, with no executor's work of their own: what one is asked is meant for those it stands for. */
const idleTasksIn = ({ taskGraph, projectName = '', projectsConfigurations: { projects } }: ExecutorContext): Task[] =>
  Object.values(taskGraph?.tasks ?? {}).filter(
    ({ target: { project, target } }) =>
      project === projectName && projects[projectName]?.targets?.[target]?.executor === noop,
  );

const ownTasksIn = ({ taskGraph, projectName = '', projectsConfigurations: { projects } }: ExecutorContext): Task[] =>
  ownTasks({ taskGraph, projectName, projects }).map(({ task }) => task);
