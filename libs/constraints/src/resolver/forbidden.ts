/** The resolver takes a page it may not read for a package that does not exist, and goes on with older releases: here that is an error. */
import { CiCacheError } from '@nx-ci-cache/process';
import type { CellFacts } from '@nx-ci-cache/records';
import { credentialNames } from '../indexes/credentials';
import { indexesOf } from '../indexes/facts';
import { phrases } from './phrases';

/** Makes the resolver say, in its debug lines alone, that an index refused a page. */
export const tellForbidden = { RUST_LOG: 'uv_client::registry_client=debug' } as const;

/** @throws CiCacheError `ResolveFailed` when an index answered 401 or 403. */
export const refuseForbidden = (facts: CellFacts, stderr: string): void => {
  const [, status] = phrases.forbidden.pattern.exec(stderr) ?? [];
  if (status === undefined) return;
  const names = indexesOf(facts).map(({ name }) => name);
  const variables = names.flatMap((name) => Object.values(credentialNames(name)));
  throw new CiCacheError(
    'ResolveFailed',
    `an index answered ${status}, so its view is not whole: ${names.join(' or ')}`,
    {
      remedy: `Set ${variables.join(', ')}, or give the host an entry in netrc; then run again.`,
      data: { status, indexes: names },
    },
  );
};

/** What the resolver says to people. */
export const withoutDebug = (stderr: string): string =>
  stderr
    .split('\n')
    .filter((line) => !line.startsWith('DEBUG ') && !line.startsWith('TRACE '))
    .join('\n');
