/** Edges of the project graph: from a project to each other one whose files its configuration reads. */
import { DependencyType, type CreateDependencies, type CreateDependenciesContext } from '@nx/devkit';
import { inputFiles } from '@nx-ci-cache/constraints';
import type { Config } from '@nx-ci-cache/records';
import { baseProjects, publishedBy } from './bases';
import { contextOwners } from './context-owners';
import { ownerOf, ownersOf, type Owners } from './owner';
import { pluginInputs } from './plugin-inputs';
import { isConfigured } from '../configuration/options';
import { projectConfig } from '../configuration/project-config';
import { constraintSources, imageSources, together } from './sources';

/**
 * Without a source file, though there is one: Nx keeps such an edge until that file changes, and who owns a file, or what
 * `.dockerignore` lets in, changes without it.
 */
const type = DependencyType.implicit;

export const createDependencies: CreateDependencies = (_options, context) => {
  const { projects, workspaceRoot } = context;
  const configs = Object.entries(projects).flatMap(([name, { root, targets }]) => {
    const config = isConfigured(targets) ? soundConfig(root, workspaceRoot) : undefined;
    return config === undefined ? [] : [[name, config] as const];
  });
  const owners = ownersOf(projects);
  const published = publishedBy(configs.map(([, config]) => config));
  const plugin = configs.length === 0 ? [] : pluginNodes(context);
  return configs.flatMap(([source, config]) => {
    const read = [...readProjects(config, owners, context), ...basedOn(config, published, owners), ...plugin];
    return [...new Set(read)].filter((target) => target !== source).map((target) => ({ source, target, type }));
  });
};

/** What is wrong with a configuration is told by its project. */
const soundConfig = (...where: Parameters<typeof projectConfig>): Config | undefined => {
  try {
    return projectConfig(...where);
  } catch {
    return undefined;
  }
};

const readProjects = (config: Config, owners: Owners, context: CreateDependenciesContext): string[] => {
  const { files, folders } = together(
    constraintSources(config, (each) => inputFiles(each, context.workspaceRoot)),
    imageSources(config),
  );
  const gates = config.push.gates.map((gate) => gate.replace(/:.*$/s, '')).filter((name) => name in context.projects);
  return [
    ...[...files, ...folders].flatMap((path) => ownerOf(path, owners) ?? []),
    ...contextOwners(config, owners, context),
    ...gates,
  ];
};

const basedOn = (config: Config, published: ReadonlyMap<string, string>, owners: Owners): string[] =>
  baseProjects(config, published).flatMap((root) => owners.get(root) ?? []);

/** A lockfile that moves the plugin moves what its targets do. */
const pluginNodes = ({ workspaceRoot, externalNodes = {}, projects }: CreateDependenciesContext): string[] =>
  pluginInputs(workspaceRoot).flatMap((input) => {
    if (typeof input === 'string') return [];
    if ('externalDependencies' in input)
      return input.externalDependencies.map((name) => `npm:${name}`).filter((name) => name in externalNodes);
    return 'projects' in input ? [input.projects].flat().filter((name) => name in projects) : [];
  });
