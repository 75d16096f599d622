/** The indexes of a run as facts: where they are, and what of them the cut-off does not hold still. */
import { defaultIndexName } from '@nx-ci-cache/config';
import type { CellFacts, IndexFact } from '@nx-ci-cache/records';
import { indexFingerprint } from './fingerprint';
import type { PageReader } from './page';

export type IndexFacts = Pick<
  CellFacts,
  'indexUrl' | 'indexName' | 'indexFingerprint' | 'indexes' | 'indexStrategy' | 'keyring'
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

/** Names of indexes without upload times whose pages are no longer those of the facts. */
export const movedIndexes = async (facts: IndexFacts, reader: PageReader): Promise<readonly string[]> => {
  const undated = indexesOf(facts).filter(({ fingerprint }) => fingerprint !== undefined);
  const now = await Promise.all(undated.map((index) => indexFingerprint(index, reader)));
  return undated.filter(({ fingerprint }, at) => now[at] !== fingerprint).map(({ name }) => name);
};
