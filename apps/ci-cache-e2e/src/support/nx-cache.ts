/** Entries of Nx's cache as somebody who can write to a shared one sees them: files to change. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from '@nx-ci-cache/process';
import type { Workspace } from './workspace';

/** Rewrites every copy of a file below a folder. @throws when that changes nothing. Gives how many there were. */
export const rewriteAll = (folder: string, file: string, change: (text: string, path: string) => string): number => {
  const copies = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(`/${file}`))
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile());
  for (const path of copies) {
    const before = readFileSync(path, 'utf8');
    const after = change(before, path);
    if (after === before) throw new Error(`${path} holds nothing to change`);
    writeFileSync(path, after);
  }
  return copies.length;
};

/** Rewrites every copy of a generated file, and its digest in the record beside it. */
export const rewriteCell = (folder: string, file: string, change: (text: string) => string): number =>
  rewriteAll(folder, file, (before, path) => {
    const text = change(before);
    const beside = path.replace(/txt$/, 'json');
    const record = JSON.parse(readFileSync(beside, 'utf8')) as object;
    writeFileSync(beside, JSON.stringify({ ...record, digest: digestOf(text) }));
    return text;
  });

/** The same in a workspace's own cache. */
export const poison = (workspace: Workspace, file: string, change: (text: string) => string): number =>
  rewriteCell(join(workspace.folder, '../nx-cache'), file, change);
