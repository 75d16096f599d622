/** The releases of a project that a cell sees, with the names of their files; from the pages of its indexes alone. */
import { explain } from '@renovatebot/pep440';
import type { CellFacts } from '@nx-ci-cache/records';
import { filesOn, type IndexFile } from './files';
import type { PageReader } from './page';
import { readProject } from './project-pages';
import { admits, isSdist, newestVersion, releasesSeen, seenRules } from './seen';
import { isUsableWheel, neededGlibc } from './usable';

export interface SeenRelease {
  readonly version: string;
  /** Whether the cell's Python may have it. */
  readonly admitted: boolean;
  /** Bounds on Python, as its first file states them. */
  readonly requiresPython?: string;
  /** Whether the cell can use one of its wheels. */
  readonly wheel: boolean;
  /** N of the oldest glibc 2.N for which it has a wheel; absent when it has none for this Python on Linux. */
  readonly glibc?: number;
  readonly sdist: boolean;
}

/** None where no page of JSON tells. @param name normalised. */
export const readReleases = async (
  name: string,
  facts: CellFacts,
  reader: PageReader,
): Promise<readonly SeenRelease[]> => {
  const read = await readProject(name, facts, reader);
  return releasesOn(name, typeof read === 'string' ? [] : read.flatMap((page) => filesOn(page) ?? []), facts);
};

/** @param files of the project's pages. */
export const releasesOn = (name: string, files: readonly IndexFile[], facts: CellFacts): readonly SeenRelease[] =>
  [...releasesSeen(name, files, seenRules(name, facts))].map(([version, each]) => releaseOf(version, each, facts));

const releaseOf = (version: string, files: readonly IndexFile[], facts: CellFacts): SeenRelease => {
  const own = files.filter((file) => admits(file, facts.patch ?? facts.python));
  const needed = files.flatMap(({ filename }) => neededGlibc(String(filename), facts) ?? []);
  const requiresPython = files[0]?.['requires-python'];
  return {
    version,
    admitted: own.length > 0,
    ...(typeof requiresPython === 'string' && { requiresPython }),
    wheel: own.some(({ filename }) => isUsableWheel(String(filename), facts)),
    ...(needed.length > 0 && { glibc: Math.min(...needed) }),
    sdist: own.some(isSdist),
  };
};

export const newestStable = <Release extends Pick<SeenRelease, 'version'>>(
  releases: readonly Release[],
): Release | undefined => {
  const stable = releases.filter(({ version }) => explain(version)?.is_prerelease === false);
  const newest = newestVersion(stable.map(({ version }) => version));
  return stable.find(({ version }) => version === newest);
};
