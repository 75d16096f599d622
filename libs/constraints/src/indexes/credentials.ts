/** What of the caller's environment the resolver may know to reach an index: credentials of configured names, and patience. */
import type { Environment } from '@nx-ci-cache/process';

/** Matters of speed and access only; none of them can change an answer. */
const allowed = ['UV_CACHE_DIR', 'UV_HTTP_TIMEOUT', 'UV_HTTP_RETRIES', 'UV_CONCURRENT_DOWNLOADS', 'NETRC'];

/** The variables that hold an index's credentials: `acme-internal` → `UV_INDEX_ACME_INTERNAL_USERNAME`. */
export const credentialNames = (index: string) => {
  const stem = `UV_INDEX_${index.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;
  return { username: `${stem}_USERNAME`, password: `${stem}_PASSWORD` };
};

export const indexEnvironment = (indexes: readonly string[], source: NodeJS.ProcessEnv = process.env): Environment => {
  const names = [...allowed, ...indexes.flatMap((index) => Object.values(credentialNames(index)))];
  return Object.fromEntries(names.flatMap((name) => (source[name] ? [[name, source[name]]] : [])));
};
