/** The releases of a project that a cell sees, with the names of their files; from the pages of its indexes alone. */
import type { CellFacts } from '@nx-ci-cache/records';
import { filesOn } from './files';
import type { PageReader } from './page';
import { readProject } from './project-pages';
import { isSdist, releasesSeen, seenRules } from './seen';
import { isUsableWheel } from './usable';

export interface SeenRelease {
  readonly version: string;
  /** Whether the cell can use one of its wheels. */
  readonly wheel: boolean;
  readonly sdist: boolean;
}

/** None where no page of JSON tells. @param name normalised. */
export const readReleases = async (
  name: string,
  facts: CellFacts,
  reader: PageReader,
): Promise<readonly SeenRelease[]> => {
  const read = await readProject(name, facts, reader);
  const files = typeof read === 'string' ? [] : read.flatMap((page) => filesOn(page) ?? []);
  return [...releasesSeen(name, files, seenRules(name, facts))].map(([version, names]) => ({
    version,
    wheel: names.some((file) => isUsableWheel(file, facts)),
    sdist: names.some(isSdist),
  }));
};
