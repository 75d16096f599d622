/** Nx's own cache of one workspace as somebody who can write to a shared cache sees it: files to change. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from '@nx-ci-cache/process';
import type { Workspace } from './workspace';

/** Rewrites every cached copy of a generated file, and its digest in the record beside it. Gives how many there were. */
export const poison = (workspace: Workspace, file: string, change: (text: string) => string): number => {
  const folder = join(workspace.folder, '../nx-cache');
  const copies = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(`/${file}`))
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile());
  for (const path of copies) {
    const text = change(readFileSync(path, 'utf8'));
    const beside = path.replace(/txt$/, 'json');
    const record = JSON.parse(readFileSync(beside, 'utf8')) as object;
    writeFileSync(path, text);
    writeFileSync(beside, JSON.stringify({ ...record, digest: digestOf(text) }));
  }
  return copies.length;
};
