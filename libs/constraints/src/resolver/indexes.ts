/** What the snapshot records of a run's indexes; where the configuration names none, the resolver is asked for its own. */
import { defaultIndexName, normaliseName } from '@nx-ci-cache/config';
import type { IndexConfig, IndexFact } from '@nx-ci-cache/records';
import { packagesOf, type IndexFacts } from '../indexes/facts';
import { indexFingerprint } from '../indexes/fingerprint';
import type { PageReader } from '../indexes/page';
import { refuseToldIndexes } from '../indexes/told';
import { observeDefaultIndex } from './observe';

/** @throws CiCacheError `OptionInvalid` when the environment names an index that the configuration does not. */
export const defaultIndexOf = async (config: IndexConfig, environment: NodeJS.ProcessEnv): Promise<string> => {
  if (config.url !== undefined) return config.url;
  const builtIn = await observeDefaultIndex();
  refuseToldIndexes(config, builtIn, environment);
  return builtIn;
};

/** @throws CiCacheError `ResolveFailed` when an index without upload times cannot be read whole. */
export const observeIndexes = async (config: IndexConfig, reader: PageReader): Promise<IndexFacts> => {
  const { indexes = [], strategy, keyring } = config;
  const sources = Object.fromEntries(
    Object.entries(config.sources ?? {}).map(([name, index]) => [normaliseName(name), index]),
  );
  const indexUrl = await defaultIndexOf(config, reader.environment);
  const own = { name: config.name ?? defaultIndexName, url: indexUrl };
  const further = await Promise.all(
    indexes.map(async ({ name, url, uploadTimes = true }): Promise<IndexFact> => {
      const index = { name, url };
      return uploadTimes
        ? index
        : { ...index, fingerprint: await indexFingerprint(index, reader, packagesOf(index, sources)) };
    }),
  );
  return {
    indexUrl,
    ...(config.name !== undefined && { indexName: config.name }),
    ...(config.uploadTimes === false && { indexFingerprint: await indexFingerprint(own, reader) }),
    ...(further.length > 0 && { indexes: further }),
    ...(Object.keys(sources).length > 0 && { sources }),
    ...(strategy !== undefined && strategy !== 'first-index' && { indexStrategy: strategy }),
    ...(keyring === true && { keyring }),
  };
};
