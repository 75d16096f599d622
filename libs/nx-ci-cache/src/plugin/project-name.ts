/** What Nx calls a project: without this, one whose project.json gives no name would be called after its folder, the root's `.`. */
import { basename, join } from 'node:path';
import { readJsonFile } from '../configuration/json-file';

/**
 * @param root the project's folder relative to the workspace.
 * @param read the content of a file, by its path relative to the workspace. Default: from the disk.
 */
export const projectName = (
  root: string,
  workspaceRoot: string,
  read: (file: string) => Named | undefined = (file) => readJsonFile(join(workspaceRoot, file)),
): string =>
  read(join(root, 'project.json'))?.name ??
  read(join(root, 'package.json'))?.name ??
  basename(join(workspaceRoot, root));

interface Named {
  readonly name?: string;
}
