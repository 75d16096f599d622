/** Credentials for a transfer: only from the environment, only as git configuration, never in argv or in a URL. */
import { parseUrl, protocolOf } from './protocol';

export interface ConfigPair {
  readonly key: string;
  readonly value: string;
}

/** CI tokens, and the one server each of them is meant for. */
const ciTokens = [
  {
    token: 'GITHUB_TOKEN',
    user: 'x-access-token',
    server: (env: NodeJS.ProcessEnv) => env['GITHUB_SERVER_URL'],
  },
  {
    token: 'CI_JOB_TOKEN',
    user: 'gitlab-ci-token',
    server: (env: NodeJS.ProcessEnv) =>
      env['CI_SERVER_URL'] || (env['CI_SERVER_HOST'] ? `https://${env['CI_SERVER_HOST']}` : undefined),
  },
] as const;

/** What the caller's own `GIT_CONFIG_KEY_n` may set: headers and trust for one URL. Anything else could run or redirect. */
const allowedKey = /^http\.https?:\/\/.+\.(extraheader|sslcainfo|sslcapath|sslcert|sslkey|proxy)$/i;

/** The git configuration that authenticates at `url`; the caller's own header for that server wins over a CI's token. */
export const credentialPairs = (url: string, environment: NodeJS.ProcessEnv): ConfigPair[] => {
  const own = ownPairs(environment);
  return environment['GIT_ASKPASS'] ? own : [...own, ...tokenPairs(url, environment, own)];
};

/** The server a header goes to, undefined for a setting that is no header. */
const originOfHeader = (key: string): string | undefined =>
  parseUrl(/^http\.(.+)\.extraheader$/i.exec(key)?.[1] ?? '')?.origin;

const ownPairs = (environment: NodeJS.ProcessEnv): ConfigPair[] => {
  const count = Math.min(Number(environment['GIT_CONFIG_COUNT'] ?? 0) || 0, 100);
  return Array.from({ length: count }, (_, at) => ({
    key: environment[`GIT_CONFIG_KEY_${at}`] ?? '',
    value: environment[`GIT_CONFIG_VALUE_${at}`] ?? '',
  })).filter(({ key }) => allowedKey.test(key));
};

const tokenPairs = (url: string, environment: NodeJS.ProcessEnv, own: readonly ConfigPair[]): ConfigPair[] => {
  if (protocolOf(url) !== 'https') return [];
  const { origin } = new URL(url);
  if (own.some(({ key }) => originOfHeader(key) === origin)) return [];
  const row = ciTokens.find(
    ({ token, server }) => environment[token]?.trim() && parseUrl(server(environment) ?? '')?.origin === origin,
  );
  if (row === undefined) return [];
  // Read from a file it may end with a line break, which no server takes and no redaction would find in an echo.
  const basic = Buffer.from(`${row.user}:${environment[row.token]?.trim()}`).toString('base64');
  return [{ key: `http.${origin}/.extraheader`, value: `Authorization: Basic ${basic}` }];
};
