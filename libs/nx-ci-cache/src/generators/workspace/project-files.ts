/** The files of one project as people see them: no folder of a tool, and nothing that was installed or built. */
import { joinPathFragments, type Tree } from '@nx/devkit';

const passedOver = /^(\..*|node_modules|dist|build|venv|env|site-packages|__pycache__)$/;

export interface ProjectFiles {
  /** The project's folder relative to the workspace. */
  readonly root: string;
  /** Relative to the project, sorted. */
  readonly paths: readonly string[];
  /** Text of a file of the project, empty when there is none. */
  readonly text: (path: string) => string;
}

export const projectFiles = (tree: Tree, root: string): ProjectFiles => ({
  root,
  paths: [...below(tree, root, '')].sort(),
  text: (path) => tree.read(joinPathFragments(root, path), 'utf8') ?? '',
});

const below = (tree: Tree, root: string, folder: string): readonly string[] =>
  tree.children(joinPathFragments(root, folder)).flatMap((name) => {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (tree.isFile(joinPathFragments(root, path))) return [path];
    return passedOver.test(name) ? [] : below(tree, root, path);
  });
