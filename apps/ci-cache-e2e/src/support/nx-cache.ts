/** Nx's own cache of one workspace as somebody who can write to a shared cache sees it: files to change. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workspace } from './workspace';

/** Rewrites every cached copy of a generated file. Gives how many there were. */
export const poison = (workspace: Workspace, file: string, change: (text: string) => string): number => {
  const folder = join(workspace.folder, '../nx-cache');
  const copies = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(`/${file}`))
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile());
  for (const path of copies) writeFileSync(path, change(readFileSync(path, 'utf8')));
  return copies.length;
};
