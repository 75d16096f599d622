/** Rules between the package indexes of one ci-cache.json: each has a name of its own and a URL that keeps secrets safe. */
import type { Config, IndexConfig, NamedIndex } from '@nx-ci-cache/records';
import { invalid } from './invalid';

const loopback = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/;

export const defaultIndexName = 'default';

/** @throws CiCacheError `OptionInvalid` for a plain http URL, and for a name or URL that stands there twice. */
export const checkIndexes = ({ file, index }: Config): void => {
  const seen = new Map<string, string>();
  for (const { key, name, url } of places(index)) {
    const at = (part: string) => ({ file, key: `${key}${part}` });
    if (url !== undefined && !url.startsWith('https://') && !loopback.test(url)) {
      throw invalid(at('url'), url, 'an https URL without user info (http only for a loopback address)');
    }
    for (const [part, value] of [['name', name] as const, ['url', url?.replace(/\/$/, '')] as const]) {
      if (value === undefined) continue;
      const other = seen.get(`${part} ${value}`);
      if (other !== undefined)
        throw invalid(at(part), value, `a ${part} of its own for each index; ${other} has it too`);
      seen.set(`${part} ${value}`, `${key}${part}`);
    }
  }
  checkSources(index, file);
};

/** The default index is asked for everything, so it can be nobody's own. */
const checkSources = ({ sources = {}, indexes = [] }: IndexConfig, file: string): void => {
  const names = indexes.map(({ name }) => name);
  for (const [name, source] of Object.entries(sources))
    if (!names.includes(source))
      throw invalid({ file, key: `index.sources.${name}` }, source, `one of index.indexes: ${names.join(', ')}`);
};

const places = ({ url, name = defaultIndexName, indexes = [] }: IndexConfig) => [
  ...indexes.map((each: NamedIndex, at) => ({ ...each, key: `index.indexes[${at}].` })),
  { key: 'index.', name, url },
];
