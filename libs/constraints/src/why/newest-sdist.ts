/** The newest version that could be built from source, by what the index says of its files: nothing is built to know. */
import type { IndexFile } from '../indexes/files';
import { isSdist, newestVersion, releasesSeen, type SeenRules } from '../indexes/seen';

/** @param name normalised. */
export const newestSdist = (name: string, files: readonly IndexFile[], rules: SeenRules): string | undefined =>
  newestVersion(
    [...releasesSeen(name, files, rules)].flatMap(([version, names]) => (names.some(isSdist) ? [version] : [])),
  );
