/** Paths ci-cache.json names: inside the project or, after `{workspaceRoot}`, anywhere in the workspace. */
import { posix } from 'node:path';

const fromRoot = /^\{workspaceRoot\}(\/|$)/;

/** The path relative to the workspace. */
export const workspacePath = (path: string, { projectRoot }: { readonly projectRoot: string }): string =>
  posix.join(fromRoot.test(path) ? '.' : projectRoot, path.replace(fromRoot, ''));
