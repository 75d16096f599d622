/** The newest version that could be built from source, by what the index says of its files: nothing is built to know. */
import type { IndexFile } from '../indexes/files';
import { admits, isSdist, newestVersion, releasesSeen, type SeenRules } from '../indexes/seen';

export interface SdistRules extends SeenRules {
  /** X.Y.Z, or X.Y for X.Y.0. */
  readonly python: string;
}

/** @param name normalised. */
export const newestSdist = (name: string, files: readonly IndexFile[], rules: SdistRules): string | undefined =>
  newestVersion(
    [...releasesSeen(name, files, rules)].flatMap(([version, each]) =>
      each.some((file) => isSdist(file) && admits(file, rules.python)) ? [version] : [],
    ),
  );
