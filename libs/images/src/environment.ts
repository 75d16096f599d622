/** What buildx, git and credential helpers may know beyond the common allow-list: where accounts and builders are described. */
import { childEnvironment, type Environment } from '@nx-ci-cache/process';

const named = ['DOCKER_CONFIG', 'DOCKER_AUTH_CONFIG', 'BUILDX_CONFIG', 'SSH_AUTH_SOCK', 'KUBECONFIG'];
/** Which engine `docker` and buildx talk to, and how. */
const engine = /^DOCKER_(HOST|CONTEXT|CERT_PATH|API_VERSION|TLS\w*)$/;
const helpers = /^(AWS|AZURE|GOOGLE|CLOUDSDK)_/;
/** Where buildx sends its traces, and the trace of the CI they belong to. */
const traces = /^(OTEL_\w+|TRACEPARENT|TRACESTATE)$/;
const passed = [engine, helpers, traces];

/** The allow-listed environment plus what registries' credential helpers and remote builders read. */
export const toolEnvironment = (source: NodeJS.ProcessEnv = process.env, extra: Environment = {}): Environment => {
  const kept = Object.entries(source).flatMap(([name, value]) =>
    value !== undefined && (named.includes(name) || passed.some((pattern) => pattern.test(name)))
      ? [[name, value] as const]
      : [],
  );
  return childEnvironment({ ...Object.fromEntries(kept), ...extra }, source);
};
