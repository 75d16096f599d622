/** Where inference learns a project's configuration: from here alone, so that every part of it sees the same. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TargetConfiguration } from '@nx/devkit';
import { configFileName, parseConfig } from '@nx-ci-cache/config';
import type { Config } from '@nx-ci-cache/records';

/**
 * @param root the project's folder relative to the workspace.
 * @param _targets the project's own, where they are known.
 * @throws CiCacheError `OptionInvalid` naming file, key, value and allowed form.
 */
export const projectConfig = (
  root: string,
  workspaceRoot: string,
  _targets?: Readonly<Record<string, TargetConfiguration>>,
): Config => {
  const path = join(workspaceRoot, root, configFileName);
  const text = readFileSync(path, 'utf8');
  const found = known.get(path);
  if (found?.text === text) return found.config;
  const config = parseConfig(text, root);
  known.set(path, { text, config });
  return config;
};

/** Nodes and edges of one graph are made one after the other, and a daemon makes many graphs: a text is parsed once. */
const known = new Map<string, { readonly text: string; readonly config: Config }>();
