/** What a command of a test may know: its way to the network, caches and tools, and nothing of the CI or person that runs it. */
import type { Environment } from '@nx-ci-cache/process';

const allowed = [
  /^(PATH|HOME|TMPDIR|LANG|(LC|XDG)_\w+)$/,
  /^(https?|all|no)_proxy$/i,
  /^(SSL_CERT_FILE|SSL_CERT_DIR|NODE_EXTRA_CA_CERTS|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|GIT_SSL_CA(INFO|PATH))$/,
  /^(PIP_\w+|npm_config_.+|UV_CACHE_DIR)$/i,
  /^(CI_CACHE_(UV|BUILDX)|TESTBED_DEBIAN_MIRROR|NX_(DAEMON|TUI|NO_CLOUD))$/,
];

export const inherited = (): Environment =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value !== undefined && allowed.some((pattern) => pattern.test(name)) ? [[name, value]] : [],
    ),
  );
