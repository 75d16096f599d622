/** What whoever started the run asked for: flags of the named target, which Nx hands to it alone, and the environment. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecutorContext, Task } from '@nx/devkit';
import { configFileName, refuseUnknownWords, type Asked } from '@nx-ci-cache/config';
import { namesBefore, nameOf } from './task-graph';

/** Options by which a target is one part of its step, and the one of `why`. */
const options = ['mode', 'python', 'image', 'platform', 'package'];

/** Flags stand in the run's task graph, where every step of the project sees them (Nx 22 to 24). */
export const askedOf = (context: ExecutorContext): Asked => ({
  flags: Object.fromEntries(
    ownTasks(context).flatMap(({ overrides = {} }) => Object.entries(overrides).filter(isFlag)),
  ),
  environment: process.env,
});

/** Nx's own list of the same words, and positional ones, which are none when there are none. */
const isFlag = ([name, value]: [string, unknown]): boolean =>
  name !== '__overrides_unparsed__' && !(name === '_' && Array.isArray(value) && value.length === 0);

/** By the first step of a run, before anything happened. @throws CiCacheError `OptionInvalid` for a word nothing reads. */
export const checkAsked = async (asked: Asked, context: ExecutorContext): Promise<void> => {
  if (!isFirst(context)) return;
  const projects = Object.values(context.projectsConfigurations.projects);
  const configurations = await Promise.all(
    projects.map(({ root }) => readFile(join(context.root, root, configFileName), 'utf8').catch(() => '')),
  );
  refuseUnknownWords(asked, { options, configurations });
};

/** Whether no other step of ours ran before this one: that one would have refused. */
const isFirst = (context: ExecutorContext): boolean => {
  const own = new Set(ownTasks(context).map(nameOf));
  const before = namesBefore(context.taskGraph, `${context.projectName}:${context.targetName}`);
  own.delete(`${context.projectName}:${context.targetName}`);
  return ![...own].some((name) => before.has(name));
};

const ownTasks = ({ taskGraph, projectName = '', projectsConfigurations }: ExecutorContext): Task[] => {
  const targets = projectsConfigurations.projects[projectName]?.targets ?? {};
  return Object.values(taskGraph?.tasks ?? {}).filter(
    ({ target: { project, target } }) =>
      project === projectName && targets[target]?.executor?.startsWith('nx-ci-cache:') === true,
  );
};
