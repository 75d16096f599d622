/** The files of one project as people see them: no folder of a tool, and nothing that was installed or built. */
import { joinPathFragments, type Tree } from '@nx/devkit';
import type { SourceFiles } from '@nx-ci-cache/constraints';

const passedOver = /^(\..*|node_modules|dist|build|venv|env|site-packages|__pycache__)$/;

export interface ProjectFiles {
  /** The project's folder relative to the workspace. */
  readonly root: string;
  /** Relative to the project, sorted. */
  readonly paths: readonly string[];
  /** Text of a file of the project, empty when there is none. */
  readonly text: (path: string) => string;
  /** All of the workspace, which the project's files may lead to. */
  readonly files: SourceFiles;
}

export const projectFiles = (tree: Tree, root: string): ProjectFiles => ({
  root,
  paths: [...below(tree, root, '')].sort(),
  text: (path) => tree.read(joinPathFragments(root, path), 'utf8') ?? '',
  files: {
    read: (file) => tree.read(file) ?? undefined,
    folders: (folder) => tree.children(folder).filter((name) => !tree.isFile(joinPathFragments(folder, name))),
  },
});

const below = (tree: Tree, root: string, folder: string): readonly string[] =>
  tree.children(joinPathFragments(root, folder)).flatMap((name) => {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (tree.isFile(joinPathFragments(root, path))) return [path];
    return passedOver.test(name) ? [] : below(tree, root, path);
  });
