/** Every project of the workspace that a pipeline refreshes, with its configuration: what a workflow is made from. */
import { dirname, posix } from 'node:path';
import { getProjects, globAsync, type Tree } from '@nx/devkit';
import { configFileName } from '@nx-ci-cache/config';
import type { Config } from '@nx-ci-cache/records';
import { isConfigured } from '../../configuration/options';
import { projectConfig } from '../../configuration/project-config';
import { namingOf } from '../../plugin/naming';
import { ownTargets } from '../../step/context/own-tasks';
import { projectNameAt } from './find-project';
import { pluginEntry } from './plugin-entry';
import { textIn } from './tree-text';

/** Steps that every workflow calls. Inference gives both; of a project wired by hand nobody else knows what ends its chain. */
export const calledSteps = ['refresh', 'report'] as const;

/** What a workflow calls where it is there: a project wired by hand need not have it. */
const perhapsCalled = ['verify', 'plan-refresh', 'build-legs', 'publish-legs'] as const;

type Called = Readonly<Record<(typeof calledSteps)[number], string>> &
  Readonly<Partial<Record<(typeof perhapsCalled)[number], string>>>;

export interface ConfiguredProject {
  readonly name: string;
  readonly config: Config;
  /** The name of the target of each step. */
  readonly targets: Called;
}

/** By the project's folder. @throws CiCacheError `OptionInvalid` for the first configuration that is not valid. */
export const configuredProjects = async (tree: Tree): Promise<readonly ConfiguredProject[]> => {
  const naming = namingOf(pluginEntry(tree)?.options);
  const files = await globAsync(tree, [`**/${configFileName}`]);
  const inferred = files.map((file) => [dirname(file), calledBy(naming)] as const);
  const roots = new Map([...wiredProjects(tree), ...inferred]);
  return [...roots].sort(byRoot).map(([root, targets]) => ({
    name: projectNameAt(tree, root),
    config: projectConfig(root, tree.root, textIn(tree)),
    targets,
  }));
};

const wiredProjects = (tree: Tree): (readonly [root: string, targets: Called])[] => {
  const projects = Object.fromEntries(getProjects(tree));
  return Object.entries(projects).flatMap(([projectName, { root, targets = {} }]) => {
    const called = new Map(ownTargets({ projectName, projects }).map(({ name, executor }) => [executor, name]));
    const isWhole = isConfigured(targets) && calledSteps.every((step) => called.has(step));
    return isWhole ? [[posix.normalize(root), calledBy((step) => called.get(step))] as const] : [];
  });
};

const calledBy = (naming: (step: string) => string | undefined): Called => {
  const others = perhapsCalled.flatMap((step) => {
    const name = naming(step);
    return name === undefined ? [] : [[step, name] as const];
  });
  return {
    refresh: naming('refresh') ?? 'refresh',
    report: naming('report') ?? 'report',
    ...(Object.fromEntries(others) as Partial<Called>),
  };
};

const byRoot = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]) => (one < other ? -1 : 1);
