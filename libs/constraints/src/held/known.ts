/** What the indexes say of releases, asked once while one cell is looked at. */
import { compare } from '@renovatebot/pep440';
import { askedOnce } from '@nx-ci-cache/process';
import type { CellFacts } from '@nx-ci-cache/records';
import { readMetadata, type Metadata } from '../indexes/metadata';
import type { PageReader } from '../indexes/page';
import { readReleases, type SeenRelease } from '../indexes/releases';
import { mayBuild } from '../requirements/sdists';

/** Names are normalised. */
export interface Known {
  readonly releases: (name: string) => Promise<readonly SeenRelease[]>;
  /** Nothing where the index does not tell. */
  readonly metadata: (name: string, version: string) => Promise<Metadata>;
  /** Whether the cell could have it. */
  readonly isUsable: (name: string, release: SeenRelease) => boolean;
}

export const nothing: Metadata = { requires: [], extras: [] };

export const knownOf = (facts: CellFacts, reader: PageReader): Known => {
  const [pages, files] = [askedOnce<readonly SeenRelease[]>(), askedOnce<Metadata>()];
  return {
    releases: (name) => pages(name, () => readReleases(name, facts, reader)),
    metadata: (name, version) =>
      files(`${name}==${version}`, async () => (await readMetadata(name, version, facts, reader)) ?? nothing),
    isUsable: (name, release) => isUsable(name, release, facts),
  };
};

export const isUsable = (
  name: string,
  { admitted, wheel, sdist }: SeenRelease,
  { allowSdist }: Pick<CellFacts, 'allowSdist'>,
): boolean => admitted && (wheel || (sdist && mayBuild(name, allowSdist)));

/** Whether the index has the release, and the cell could not have it. */
export const isOutOfReach = async (name: string, version: string, known: Known): Promise<boolean> => {
  const release = (await known.releases(name)).find((each) => compare(each.version, version) === 0);
  return release !== undefined && !known.isUsable(name, release);
};
