/** The pyproject.toml files of one project: its own, and those of the members of a uv workspace. */
import { minimatch } from 'minimatch';
import { parseToml, tableAt } from '@nx-ci-cache/constraints';
import type { ProjectFiles } from '../workspace/project-files';

const name = 'pyproject.toml';

export const pyprojectPaths = ({ paths, text }: ProjectFiles): readonly string[] => {
  if (!paths.includes(name)) return [];
  const { members, exclude } = workspaceIn(text(name));
  const fits = (folder: string, globs: readonly string[]) => globs.some((glob) => minimatch(folder, glob));
  const folders = paths.filter((path) => path.endsWith(`/${name}`)).map((path) => path.slice(0, -name.length - 1));
  const found = folders.filter((folder) => fits(folder, members) && !fits(folder, exclude));
  return [name, ...found.map((folder) => `${folder}/${name}`)];
};

const workspaceIn = (text: string): { readonly members: readonly string[]; readonly exclude: readonly string[] } => {
  try {
    const { members, exclude } = tableAt(parseToml(text), 'tool', 'uv', 'workspace') ?? {};
    return { members: globsIn(members), exclude: globsIn(exclude) };
  } catch {
    return { members: [], exclude: [] };
  }
};

const globsIn = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : []).map((glob) => String(glob).replace(/^\.\/|\/$/g, ''));
