/** The resolver passes over files without upload time: here that is an error with a name, never a view that is silently empty. */
import { CiCacheError } from '@nx-ci-cache/process';
import type { CellFacts } from '@nx-ci-cache/records';
import { indexesOf } from '../indexes/facts';
import { phrases } from '../resolver/phrases';

/** Files the resolver passed over. */
export const undatedFiles = (stderr: string): readonly string[] => [
  ...new Set([...stderr.matchAll(phrases.undated.pattern)].map(([, file]) => file as string)),
];

/** @throws CiCacheError `ResolveFailed` naming the files and the indexes they may come from. */
export const refuseUndated = (facts: CellFacts, files: readonly string[]): void => {
  if (files.length === 0) return;
  const dated = indexesOf(facts).filter(({ fingerprint }) => fingerprint === undefined);
  const names = dated.map(({ name, url }) => `${name} (${url})`).join(' or ');
  throw new CiCacheError(
    'ResolveFailed',
    `${files.slice(0, 5).join(', ')} ${files.length === 1 ? 'has' : 'have'} no upload time at the index ${names}: ` +
      `the cut-off ${facts.cutoff} cannot be held`,
    {
      remedy:
        'Serve the Simple API as JSON with upload times, or write "uploadTimes": false beside that index: ' +
        'a fingerprint of all its pages then takes the place of the cut-off.',
      data: { files, indexes: dated.map(({ name }) => name) },
    },
  );
};
