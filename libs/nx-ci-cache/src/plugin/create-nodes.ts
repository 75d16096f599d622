/** Inference: each ci-cache.json gives its project the targets of the chain. Reads files only, so that Nx may cache it. */
import { dirname } from 'node:path';
import type { CreateNodes, ProjectConfiguration } from '@nx/devkit';
import { configFileName } from '@nx-ci-cache/config';
import type { Config } from '@nx-ci-cache/records';
import { harmless, messageOf } from '@nx-ci-cache/process';
import { baseProjects, publishedBy } from './bases';
import { configurationsOf, type Configuration } from './configurations';
import { faultyTargets } from './faulty-targets';
import { pluginInputs } from './plugin-inputs';
import { projectName } from './project-name';
import { targetsOf } from './targets';

type Targets = ReturnType<typeof targetsOf>;

export const name = 'nx-ci-cache';

export const createNodes: CreateNodes = [
  `**/${configFileName}`,
  (files, _options, { workspaceRoot }) => {
    const plugin = pluginInputs(workspaceRoot);
    const configurations = configurationsOf(files.map(dirname), workspaceRoot);
    const published = publishedBy([...configurations.values()].flatMap(({ config }) => config ?? []));
    const targetsIn = (config: Config) => {
      const bases = baseProjects(config, published).flatMap((root) => configurations.get(root)?.config ?? []);
      return targetsOf(config, plugin, bases);
    };
    return files.map((file) => {
      const root = dirname(file);
      const project = {
        name: projectName(root, workspaceRoot),
        root,
        ...shown(configurations.get(root) ?? {}, targetsIn),
      };
      return [file, { projects: { [root]: project } }] as const;
    });
  },
];

/** Nx 22 knows this name, 24 the other: one function serves both. */
export const createNodesV2 = createNodes;

/** An error thrown here would stop the targets of every project: it is shown where its project is, and told by its run. */
const shown = (
  { config, fault }: Configuration,
  targetsIn: (config: Config) => Targets,
): Pick<ProjectConfiguration, 'targets' | 'metadata'> => {
  if (fault === undefined) return config === undefined ? {} : { targets: targetsIn(config) };
  const description = `Cannot run: ${harmless(messageOf(fault))}`;
  return {
    metadata: { description },
    targets: config === undefined ? faultyTargets(description) : refused(targetsIn(config), description),
  };
};

const refused = (targets: Targets, description: string): Targets => ({
  ...targets,
  snapshot: { ...targets['snapshot'], metadata: { description } },
});
