/** Inference: each ci-cache.json gives its project the targets of the chain. Reads files only, so that Nx may cache it. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createNodesFromFiles, type CreateNodes } from '@nx/devkit';
import { configFileName, parseConfig, sharedOutputs } from '@nx-ci-cache/config';
import type { Config } from '@nx-ci-cache/records';
import { messageOf } from '@nx-ci-cache/process';
import { pluginInputs } from './plugin-inputs';
import { projectName } from './project-name';
import { targetsOf } from './targets';

export const name = 'nx-ci-cache';

export const createNodes: CreateNodes = [
  `**/${configFileName}`,
  (files, options, context) => {
    const faults = sharedFaults(files, context.workspaceRoot);
    return createNodesFromFiles(
      (file, _options, { workspaceRoot }) => {
        const root = dirname(file);
        const config = readConfig(join(workspaceRoot, file), root);
        const fault = faults.get(root);
        if (fault !== undefined) throw new Error(messageOf(fault), { cause: fault });
        const targets = targetsOf(config, pluginInputs(workspaceRoot));
        return { projects: { [root]: { name: projectName(root, workspaceRoot), root, targets } } };
      },
      files,
      options,
      context,
    );
  },
];

/** Nx 22 knows this name, 24 the other: one function serves both. */
export const createNodesV2 = createNodes;

/** What holds between all projects; a file that is wrong by itself is reported where it is read for its own project. */
const sharedFaults = (files: readonly string[], workspaceRoot: string): ReadonlyMap<string, Error> => {
  const configs = [...files].sort().flatMap((file): Config[] => {
    try {
      return [parseConfig(readFileSync(join(workspaceRoot, file), 'utf8'), dirname(file))];
    } catch {
      return [];
    }
  });
  return sharedOutputs(configs);
};

/** Nx prints an error's message only, so the remedy is put into it. */
const readConfig = (path: string, root: string) => {
  try {
    return parseConfig(readFileSync(path, 'utf8'), root);
  } catch (cause) {
    throw new Error(messageOf(cause), { cause });
  }
};
