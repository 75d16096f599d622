/** What a child process may know: an allow-list, so that a stray variable of the caller cannot change a result. */

export type Environment = Readonly<Record<string, string>>;

const allowed = [
  'PATH',
  'HOME',
  'TMPDIR',
  'XDG_CACHE_HOME',
  'XDG_RUNTIME_DIR',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'REQUESTS_CA_BUNDLE',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
];

/** The allow-listed part of `source` plus `extra`; locale and time zone are fixed so that outputs compare. */
export const childEnvironment = (extra: Environment = {}, source: NodeJS.ProcessEnv = process.env): Environment => ({
  ...Object.fromEntries(allowed.flatMap((name) => (source[name] === undefined ? [] : [[name, source[name]]]))),
  LC_ALL: 'C',
  TZ: 'UTC',
  ...extra,
});
