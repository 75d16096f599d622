/** Folders that the globs of a uv workspace name, asked for level by level so that nothing else is walked. */
import { posix } from 'node:path';
import { minimatch } from 'minimatch';
import type { SourceFiles } from './source-files';

/** @param folder in which the glob was written. */
export const globFolders = (glob: string, folder: string, files: SourceFiles): readonly string[] =>
  expand(folder, posix.normalize(glob).split('/').filter(Boolean), files);

const expand = (folder: string, [first, ...rest]: readonly string[], files: SourceFiles): readonly string[] => {
  if (first === undefined) return [folder];
  if (!/[*?[]/.test(first)) return expand(posix.join(folder, first), rest, files);
  const inside = files.folders(folder).filter((name) => !passedOver.test(name));
  if (first === '**') {
    const below = inside.flatMap((name) => expand(posix.join(folder, name), [first, ...rest], files));
    return [...expand(folder, rest, files), ...below];
  }
  const fitting = inside.filter((name) => minimatch(name, first));
  return fitting.flatMap((name) => expand(posix.join(folder, name), rest, files));
};

/** Folders that tools make hold no members, and may hold very many others. */
const passedOver = /^(\..*|node_modules|site-packages|__pycache__)$/;
