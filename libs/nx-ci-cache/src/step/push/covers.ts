/** What Nx matches files by: most patterns are plain paths, for which making one costs a hundred times the comparison. */
import { minimatch } from 'minimatch';

const plainPath = /^[\w./ -]*[\w. -]$/;

/** As Nx matches, which finds hidden folders too. */
export const covers = (glob: string, file: string): boolean =>
  plainPath.test(glob) ? glob === file : minimatch(file, glob, { dot: true });

/** The file itself, or a folder around it. */
export const holds = (output: string, file: string): boolean =>
  plainPath.test(output)
    ? file === output || file.startsWith(`${output}/`)
    : [output, `${output}/**`].some((glob) => covers(glob, file));
