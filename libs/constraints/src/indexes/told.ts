/**
 * Indexes that the environment tells pip or uv, and ci-cache.json does not name. They are no facts: another machine has other
 * ones. Passing over them would ask the public index for a company's package names, so they have to be written down.
 */
import { defaultIndexName } from '@nx-ci-cache/config';
import { CiCacheError } from '@nx-ci-cache/process';
import type { IndexConfig } from '@nx-ci-cache/records';
import { credentialNames } from './credentials';

const ofDefault = ['UV_DEFAULT_INDEX', 'UV_INDEX_URL', 'PIP_INDEX_URL'];
const ofFurther = ['UV_INDEX', 'UV_EXTRA_INDEX_URL', 'PIP_EXTRA_INDEX_URL'];

/**
 * Of a configuration without a default index.
 * @param builtIn the index that is asked otherwise: naming the same is no difference.
 * @throws CiCacheError `OptionInvalid` with the key to write, and without the credentials.
 */
export const refuseToldIndexes = (
  { indexes = [] }: Pick<IndexConfig, 'indexes'>,
  builtIn: string,
  environment: NodeJS.ProcessEnv,
): void => {
  const told = (names: readonly string[]) =>
    names
      .map((variable) => ({ variable, found: indexesIn(environment[variable] ?? '').filter(isOther(builtIn)) }))
      .find(({ found }) => found.length > 0);
  const main = told(ofDefault);
  const further = indexes.length === 0 ? told(ofFurther) : undefined;
  const variables = [main, further].flatMap((each) => (each === undefined ? [] : [each.variable]));
  if (variables.length === 0) return;
  const key = {
    ...(further && { indexes: further.found.map((each, at) => ({ name: `index-${at + 1}`, ...each })) }),
    ...main?.found[0],
  };
  const { username, password } = credentialNames(key.indexes?.[0]?.name ?? key.name ?? defaultIndexName);
  throw new CiCacheError(
    'OptionInvalid',
    `${variables.join(' and ')} ${variables.length === 1 ? 'names an index' : 'name indexes'}, and ci-cache.json does not`,
    {
      remedy:
        `Write "index": ${JSON.stringify(key)} into ci-cache.json, so that every machine asks the same; credentials ` +
        `stay in ${username} and ${password}, or in netrc. Or unset ${variables.join(' and ')}.`,
      data: { variables },
    },
  );
};

interface ToldIndex {
  readonly name?: string;
  readonly url: string;
}

/** Several are apart by spaces; uv takes a name before each. */
const indexesIn = (value: string): ToldIndex[] =>
  value.split(/\s+/).flatMap((each) => {
    const [, name, text = ''] = /^(?:([A-Za-z0-9._-]+)=)?(.*)$/.exec(each) ?? [];
    if (text === '') return [];
    return [{ ...(name !== undefined && { name: name.toLowerCase().replaceAll(/[._]/g, '-') }), url: bare(text) }];
  });

/** Without user info and query, where passwords are. */
const bare = (text: string): string => {
  try {
    const { origin, protocol, host, pathname } = new URL(text);
    return `${origin === 'null' ? `${protocol}//${host}` : origin}${pathname}`;
  } catch {
    return 'https://…';
  }
};

const isOther =
  (builtIn: string) =>
  ({ url }: ToldIndex): boolean =>
    url.replace(/\/$/, '') !== builtIn.replace(/\/$/, '');
