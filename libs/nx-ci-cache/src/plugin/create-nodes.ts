/** Inference: each ci-cache.json gives its project the targets of the chain. Reads files only, so that Nx may cache it. */
import { dirname } from 'node:path';
import type { CreateNodes, ProjectConfiguration } from '@nx/devkit';
import { configFileName } from '@nx-ci-cache/config';
import { harmless, messageOf } from '@nx-ci-cache/process';
import { configurationsOf, type Configuration } from './configurations';
import { faultyTargets } from './faulty-targets';
import { pluginInputs, type TaskInput } from './plugin-inputs';
import { projectName } from './project-name';
import { targetsOf } from './targets';

export const name = 'nx-ci-cache';

export const createNodes: CreateNodes = [
  `**/${configFileName}`,
  (files, _options, { workspaceRoot }) => {
    const plugin = pluginInputs(workspaceRoot);
    const configurations = configurationsOf(files.map(dirname), workspaceRoot);
    return files.map((file) => {
      const root = dirname(file);
      const project = {
        name: projectName(root, workspaceRoot),
        root,
        ...shown(configurations.get(root) ?? {}, plugin),
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
  plugin: readonly TaskInput[],
): Pick<ProjectConfiguration, 'targets' | 'metadata'> => {
  if (fault === undefined) return config === undefined ? {} : { targets: targetsOf(config, plugin) };
  const description = `Cannot run: ${harmless(messageOf(fault))}`;
  return {
    metadata: { description },
    targets: config === undefined ? faultyTargets(description) : refused(targetsOf(config, plugin), description),
  };
};

const refused = (targets: ReturnType<typeof targetsOf>, description: string): typeof targets => ({
  ...targets,
  snapshot: { ...targets['snapshot'], metadata: { description } },
});
