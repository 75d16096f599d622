/** The indexes of a run as facts: where they are, and what of them the cut-off does not hold still. */
import { defaultIndexName } from '@nx-ci-cache/config';
import type { CellFacts, IndexFact } from '@nx-ci-cache/records';
import { indexFingerprint } from './fingerprint';
import type { PageReader } from './page';

export type IndexFacts = Pick<
  CellFacts,
  'indexUrl' | 'indexName' | 'indexFingerprint' | 'indexes' | 'sources' | 'indexStrategy' | 'keyring'
>;

/** The indexes of a cell in the order they are asked, the default one last. */
export const indexesOf = ({
  indexes = [],
  indexUrl,
  indexName,
  indexFingerprint: fingerprint,
}: IndexFacts): readonly IndexFact[] => [
  ...indexes,
  { name: indexName ?? defaultIndexName, url: indexUrl, ...(fingerprint !== undefined && { fingerprint }) },
];

/** The one that a page is of. */
export const indexAt = (page: string, facts: IndexFacts): IndexFact | undefined =>
  indexesOf(facts).find(({ url }) => page.startsWith(url.endsWith('/') ? url : `${url}/`));

/** Those that may have a package, in the order they are asked. @param name normalised. */
export const indexesFor = (name: string, facts: IndexFacts): readonly IndexFact[] => {
  const { sources = {} } = facts;
  const taken = Object.values(sources);
  return indexesOf(facts).filter((index) =>
    sources[name] === undefined ? !taken.includes(index.name) : index.name === sources[name],
  );
};

/** Packages of an index that is asked for these alone; undefined for every other index. */
export const packagesOf = (
  index: Pick<IndexFact, 'name'>,
  sources: IndexFacts['sources'] = {},
): readonly string[] | undefined => {
  const names = Object.keys(sources).filter((name) => sources[name] === index.name);
  return names.length === 0 ? undefined : names.sort();
};

/** Names of indexes without upload times whose pages are no longer those of the facts. */
export const movedIndexes = async (facts: IndexFacts, reader: PageReader): Promise<readonly string[]> => {
  const undated = indexesOf(facts).filter(({ fingerprint }) => fingerprint !== undefined);
  const now = await Promise.all(
    undated.map((index) => indexFingerprint(index, reader, packagesOf(index, facts.sources))),
  );
  return undated.filter(({ fingerprint }, at) => now[at] !== fingerprint).map(({ name }) => name);
};
