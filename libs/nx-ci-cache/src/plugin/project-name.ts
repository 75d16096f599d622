/** What Nx calls a project: without this, one whose project.json gives no name would be called after its folder, the root's `.`. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseJson } from '@nx/devkit';

/** @param root the project's folder relative to the workspace. */
export const projectName = (root: string, workspaceRoot: string): string => {
  const folder = join(workspaceRoot, root);
  return nameIn(join(folder, 'project.json')) ?? nameIn(join(folder, 'package.json')) ?? basename(folder);
};

/** Read as Nx reads them, comments and all; what is no JSON is for Nx to complain of. */
const nameIn = (file: string): string | undefined => {
  if (!existsSync(file)) return undefined;
  try {
    return parseJson<{ readonly name?: string }>(readFileSync(file, 'utf8')).name;
  } catch {
    return undefined;
  }
};
