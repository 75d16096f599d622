/** A project by its name or its folder; a folder need not be one yet: a ci-cache.json makes it one. */
import { getProjects, normalizePath, type Tree } from '@nx/devkit';
import { closeMatches } from '@nx-ci-cache/config';
import { projectName } from '../../plugin/project-name';
import { optionInvalid } from './option-invalid';
import { textIn } from './tree-text';

export interface FoundProject {
  readonly name: string;
  /** Relative to the workspace, `.` for its root. */
  readonly root: string;
}

/** @throws CiCacheError `OptionInvalid` with the names that may have been meant. */
export const findProject = (tree: Tree, wanted: string): FoundProject => {
  const roots = new Map([...getProjects(tree)].map(([name, { root }]) => [name, root]));
  const byName = roots.get(wanted);
  if (byName !== undefined) return { name: wanted, root: byName };
  const root = normalizePath(wanted).replace(/^(\.\/)+|\/+$/g, '') || '.';
  if (root !== '..' && !root.startsWith('../') && !tree.isFile(root) && tree.children(root).length > 0) {
    return { root, name: projectNameAt(tree, root) };
  }
  const close = closeMatches(wanted, [...roots.keys()]);
  const perhaps = close.length === 0 ? '' : `; perhaps ${close.join(', ')}`;
  throw optionInvalid('project', wanted, `the name of a project, or a folder of this workspace${perhaps}`);
};

/** What Nx will call the project of this folder once it is one of ours. */
export const projectNameAt = (tree: Tree, root: string): string => projectName(root, tree.root, textIn(tree));
