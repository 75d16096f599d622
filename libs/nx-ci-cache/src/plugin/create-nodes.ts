/** Inference: each ci-cache.json gives its project the targets of the chain. Reads files only, so that Nx may cache it. */
import { dirname } from 'node:path';
import { detectPackageManager, type CreateNodes, type ProjectConfiguration } from '@nx/devkit';
import { configFileName } from '@nx-ci-cache/config';
import { inputFiles } from '@nx-ci-cache/constraints';
import type { Config } from '@nx-ci-cache/records';
import { harmless, messageOf } from '@nx-ci-cache/process';
import { pluginName } from '../configuration/plugin-name';
import { baseProjects, publishedBy } from './bases';
import { configurationsOf, type Configuration } from './configurations';
import { faultyTargets } from './faulty-targets';
import { namingOf, type Naming, type PluginOptions } from './naming';
import { pluginInputs } from './plugin-inputs';
import { projectName } from './project-name';
import { targetGroups, withHelp } from './presentation';
import type { Led } from './sources';
import { renamed, targetsOf } from './targets';

type Targets = ReturnType<typeof targetsOf>;

export const name = pluginName;

export const createNodes: CreateNodes<PluginOptions> = [
  `**/${configFileName}`,
  (files, options, { workspaceRoot }) => {
    const naming = soundNaming(options);
    const plugin = pluginInputs(workspaceRoot);
    const configurations = configurationsOf(files.map(dirname), workspaceRoot);
    const exec = runners[detectPackageManager(workspaceRoot)];
    const published = publishedBy([...configurations.values()].flatMap(({ config }) => config ?? []));
    const led = perConfig((each) => inputFiles(each, workspaceRoot));
    const targetsIn = (config: Config) => {
      const bases = baseProjects(config, published).flatMap((root) => configurations.get(root)?.config ?? []);
      return targetsOf(config, plugin, bases, led);
    };
    return files.map((file) => {
      const root = dirname(file);
      const name = projectName(root, workspaceRoot);
      const { targets: own = {}, metadata } = shown(file, configurations.get(root) ?? {}, targetsIn);
      const run = (target: string) => `${exec} nx run ${JSON.stringify(`${name}:${naming(target)}`)}`;
      const project = {
        name,
        root,
        targets: renamed(withHelp(own, run), naming),
        metadata: { ...metadata, targetGroups: targetGroups(own, naming) },
      };
      return [file, { projects: { [root]: project } }] as const;
    });
  },
];

/** Several steps, and projects that stand on it, ask one configuration. */
const perConfig = (led: Led): Led => {
  const found = new WeakMap<Config, ReturnType<Led>>();
  return (config) => {
    const files = found.get(config) ?? led(config);
    found.set(config, files);
    return files;
  };
};

/** Nx's own list asks the package manager for its version: a process, in each graph. */
const runners = { npm: 'npx', pnpm: 'pnpm exec', yarn: 'yarn', bun: 'bunx' };

/** Nx 22 knows this name, 24 the other: one function serves both. */
export const createNodesV2 = createNodes;

/** An error thrown here would stop the targets of every project: it is shown where its project is, and told by its run. */
const shown = (
  file: string,
  { config, fault }: Configuration,
  targetsIn: (config: Config) => Targets,
): Pick<ProjectConfiguration, 'targets' | 'metadata'> => {
  if (fault === undefined) return config === undefined ? {} : { targets: targetsIn(config) };
  const description = `Cannot run: ${harmless(messageOf(fault))}`;
  return {
    metadata: { description },
    targets: config === undefined ? faultyTargets(description, file) : refused(targetsIn(config), description),
  };
};

const refused = (targets: Targets, description: string): Targets => ({
  ...targets,
  snapshot: { ...targets['snapshot'], metadata: { description } },
});

/** Options are of no project: with wrong ones nobody knows what a target is called. Nx prints an error's message only. */
const soundNaming = (options: unknown): Naming => {
  try {
    return namingOf(options);
  } catch (cause) {
    throw new Error(messageOf(cause), { cause });
  }
};
