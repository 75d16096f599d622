/** What Nx calls a project: without this, one whose project.json gives no name would be called after its folder, the root's `.`. */
import { basename, join } from 'node:path';
import { readJsonFile, readText } from '../configuration/json-file';

/** @param root the project's folder relative to the workspace. */
export const projectName = (root: string, workspaceRoot: string, read = readText): string => {
  const nameIn = (file: string) =>
    readJsonFile<{ readonly name?: string }>(join(workspaceRoot, root, file), read)?.name;
  return nameIn('project.json') ?? nameIn('package.json') ?? basename(join(workspaceRoot, root));
};
