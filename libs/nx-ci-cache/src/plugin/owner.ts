/** Which project a file belongs to, as Nx says it: the one whose folder is the nearest around it. */
import { posix } from 'node:path';
import type { ProjectConfiguration } from '@nx/devkit';

export type Owners = ReadonlyMap<string, string>;

/** Names of projects by their folders. */
export const ownersOf = (projects: Readonly<Record<string, ProjectConfiguration>>): Owners =>
  new Map(Object.entries(projects).map(([name, { root }]) => [posix.join(root, '.'), name]));

export const ownerOf = (path: string, owners: Owners): string | undefined => {
  const found = owners.get(path);
  if (found !== undefined || path === '.') return found;
  return ownerOf(posix.dirname(path), owners);
};

/** Names of the projects whose folders lie inside this one. */
export const ownersBelow = (folder: string, owners: Owners): string[] =>
  [...owners].flatMap(([root, name]) => (root !== folder && isInside(root, folder) ? [name] : []));

const isInside = (path: string, folder: string): boolean => folder === '.' || path.startsWith(`${folder}/`);
