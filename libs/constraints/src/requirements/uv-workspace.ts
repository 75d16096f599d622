/** uv workspaces: whose settings count for a project, and which project stands in for a release of a name. */
import { posix } from 'node:path';
import { invalid, normaliseName } from '@nx-ci-cache/config';
import type { TomlTable } from 'smol-toml';
import { globFolders } from './glob-folders';
import { distributionName, folderOf, parseProject, type Project } from './project';
import { decode } from './source-file';
import type { SourceFiles } from './source-files';
import { asTable, stringsIn, tableAt } from './toml';

export interface UvWorkspaces {
  /** Undefined when there is none in that folder, or none that can be read as text. */
  readonly projectAt: (folder: string) => Project | undefined;
  /** The project whose `[tool.uv]` counts for another: that of the workspace around it, or itself. */
  readonly rootOf: (project: Project) => Project;
  /**
   * The project that `tool.uv.sources` names for a name, of its own or of the workspace's root.
   * @throws CiCacheError `OptionInvalid` for one that is not there.
   */
  readonly sourceOf: (name: string, from: Project) => Project | undefined;
}

export const uvWorkspaces = (files: SourceFiles): UvWorkspaces => {
  const textAt = (folder: string): string | undefined => {
    const file = posix.join(folder, 'pyproject.toml');
    const bytes = file.startsWith('../') ? undefined : files.read(file, 'probe');
    return bytes && decode(bytes);
  };
  const projectAt = memo((folder: string) => {
    const text = textAt(folder);
    return text === undefined ? undefined : parseProject(text, posix.join(folder, 'pyproject.toml'), files);
  });
  const foldersOf = memo((root: string) => {
    const { members, exclude } = workspaceIn(projectAt(root)) ?? {};
    const excluded = stringsIn(exclude).flatMap((glob) => globFolders(glob, root, files));
    const found = stringsIn(members).flatMap((glob) => globFolders(glob, root, files));
    return [root, ...found.filter((folder) => !excluded.includes(folder))];
  });
  /** By name: a member nobody asks for may be no TOML at all. */
  const namesOf = memo(
    (root: string) =>
      new Map(foldersOf(root).map((at) => [normaliseName(distributionName(textAt(at) ?? '') ?? ''), at])),
  );
  const rootFolder = memo((own: string): string => {
    const around = parentsOf(own).find((folder) => workspaceIn(projectAt(folder)) && foldersOf(folder).includes(own));
    return around ?? own;
  });
  const rootOf = (project: Project): Project => {
    const root = rootFolder(folderOf(project));
    return root === folderOf(project) ? project : (projectAt(root) ?? project);
  };
  return {
    projectAt,
    rootOf,
    sourceOf: (name, from) => {
      const root = rootOf(from);
      const source = sourceIn(name, from) ?? sourceIn(name, root);
      if (source === undefined) return undefined;
      const by = folderOf(source.by);
      const folder = source.path === undefined ? namesOf(folderOf(root)).get(name) : posix.join(by, source.path);
      const found = folder === undefined ? undefined : projectAt(folder);
      if (found?.name === name) return found;
      throw invalid(
        { file: source.by.file, key: `tool.uv.sources.${name}` },
        source.path ?? { workspace: true },
        'a project of the workspace that has this name, and a pyproject.toml that says so',
        `Correct the source, or write "!${name}" into "ownPackages" of the mode to take its releases.`,
      );
    },
  };
};

/** Itself first, the workspace's root last. */
const parentsOf = (folder: string): readonly string[] =>
  folder === '.' ? ['.'] : [folder, ...parentsOf(posix.dirname(folder))];

const workspaceIn = (project: Project | undefined): TomlTable | undefined =>
  project && tableAt(project.toml, 'tool', 'uv', 'workspace');

const sourceIn = (name: string, by: Project): { readonly path?: string; readonly by: Project } | undefined => {
  const sources = tableAt(by.toml, 'tool', 'uv', 'sources') ?? {};
  const [, value] = Object.entries(sources).find(([key]) => normaliseName(key) === name) ?? [];
  for (const each of Array.isArray(value) ? value : [value]) {
    const { workspace, path } = asTable(each) ?? {};
    if (workspace === true) return { by };
    if (typeof path === 'string' && !/\.(whl|zip|tar\.gz)$/.test(path)) return { path, by };
  }
  return undefined;
};

const memo = <Value>(make: (folder: string) => Value): ((folder: string) => Value) => {
  const made = new Map<string, Value>();
  return (folder) => {
    if (!made.has(folder)) made.set(folder, make(folder));
    return made.get(folder) as Value;
  };
};
