/** Inference: each ci-cache.json gives its project the targets of the chain. Reads files only, so that Nx may cache it. */
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createNodesFromFiles, type CreateNodes } from '@nx/devkit';
import { configFileName, parseConfig } from '@nx-ci-cache/config';
import { messageOf } from '@nx-ci-cache/process';
import { pluginInputs } from './plugin-inputs';
import { targetsOf } from './targets';

export const name = 'nx-ci-cache';

export const createNodes: CreateNodes = [
  `**/${configFileName}`,
  (files, options, context) =>
    createNodesFromFiles(
      (file, _options, { workspaceRoot }) => {
        const root = dirname(file);
        const config = readConfig(join(workspaceRoot, file), root);
        const targets = targetsOf(config, pluginInputs(workspaceRoot));
        // A name from project.json or package.json, where there is one, wins over this one.
        return { projects: { [root]: { name: basename(root), root, targets } } };
      },
      files,
      options,
      context,
    ),
];

/** Nx 22 knows this name, 24 the other: one function serves both. */
export const createNodesV2 = createNodes;

/** Nx prints an error's message only, so the remedy is put into it. */
const readConfig = (path: string, root: string) => {
  try {
    return parseConfig(readFileSync(path, 'utf8'), root);
  } catch (cause) {
    throw new Error(messageOf(cause), { cause });
  }
};
