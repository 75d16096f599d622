/** What tasks write is no source: git would offer it for the next commit, and a push names what was committed. */
import type { Tree } from '@nx/devkit';

const folders = ['dist', '.nx/cache', '.nx/workspace-data'];

/** The lines that were added to .gitignore. */
export const ignoreOutputs = (tree: Tree): readonly string[] => {
  const text = tree.read('.gitignore', 'utf8') ?? '';
  const ignored = text.split('\n').map((line) => line.trim().replace(/^\/|\/$/g, ''));
  // A folder is ignored with the one it lies in.
  const isIgnored = (folder: string) => ignored.includes(folder) || ignored.includes(folder.split('/')[0] ?? '');
  const missing = folders.filter((folder) => !isIgnored(folder));
  if (missing.length === 0) return [];
  const before = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  tree.write('.gitignore', `${before}${missing.join('\n')}\n`);
  return missing;
};
