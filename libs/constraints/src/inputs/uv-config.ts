/** A generated configuration file instead of the user's: the indexes in their order, whose pages are kept for the facts' page age. */
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import type { CellFacts, IndexFact } from '@nx-ci-cache/records';
import { defaultIndexName } from '@nx-ci-cache/config';
import { packagesOf } from '../indexes/facts';
import { wheelsFolder } from './names';

/** @param folder absolute path of the folder that holds the wheels. */
export const uvConfig = (facts: CellFacts, folder: string): string => {
  const { indexUrl, indexName, indexFingerprint, indexes = [], sources, pageMaxAge, wheels = [] } = facts;
  const undated = indexFingerprint !== undefined || indexes.some(({ fingerprint }) => fingerprint !== undefined);
  return [
    ...(undated ? ['preview-features = ["index-exclude-newer"]\n'] : []),
    // First, so that under first-index a stranger's release can never stand in for a member.
    ...(wheels.length === 0 ? [] : [wheelsTable(folder)]),
    ...indexes.map((each) => indexTable(each, pageMaxAge, ...(packagesOf(each, sources) ? ['explicit = true'] : []))),
    indexTable(
      { name: indexName ?? defaultIndexName, url: indexUrl, fingerprint: indexFingerprint },
      pageMaxAge,
      'default = true',
    ),
  ].join('');
};

const indexTable = (
  { name, url, fingerprint }: Omit<IndexFact, 'fingerprint'> & { readonly fingerprint?: string | undefined },
  pageMaxAge: number,
  ...more: readonly string[]
): string =>
  [
    '[[index]]',
    `name = ${JSON.stringify(name)}`,
    `url = ${JSON.stringify(url)}`,
    ...more,
    ...(fingerprint === undefined ? [] : ['exclude-newer = false']),
    // Without upload times the fingerprint holds for this moment only, so its pages are asked for again.
    `cache-control = { api = "max-age=${fingerprint === undefined ? pageMaxAge : 0}", files = "max-age=31536000, immutable" }`,
    '',
  ].join('\n');

const wheelsTable = (folder: string): string =>
  [
    '[[index]]',
    'name = "ci-cache-wheels"',
    `url = ${JSON.stringify(pathToFileURL(join(folder, wheelsFolder)).href)}`,
    'format = "flat"',
    '',
  ].join('\n');
