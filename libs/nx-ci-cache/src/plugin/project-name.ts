/** What Nx calls a project: without this, one whose project.json gives no name would be called after its folder, the root's `.`. */
import { basename, join } from 'node:path';
import { readJsonFile } from '../configuration/json-file';

/** @param root the project's folder relative to the workspace. */
export const projectName = (root: string, workspaceRoot: string): string => {
  const folder = join(workspaceRoot, root);
  return nameIn(join(folder, 'project.json')) ?? nameIn(join(folder, 'package.json')) ?? basename(folder);
};

const nameIn = (file: string): string | undefined => readJsonFile<{ readonly name?: string }>(file)?.name;
