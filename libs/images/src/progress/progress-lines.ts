/** One line per finished step for whoever watches a build. */
import { redact } from '@nx-ci-cache/process';
import type { Vertex } from './progress';

/** A stage without a name has none here either where it is the only one. */
const step = /^\[[^\]]*\d+\/\d+\] /;

export const isStep = (name: string): boolean => step.test(name);

/** A listener for vertices that emits `CACHED [deps 2/3] RUN make` and the like, each step once. */
export const progressLines = (prefix: string, emit: (line: string) => void): ((vertex: Vertex) => void) => {
  const told = new Set<string>();
  return ({ digest, name, completed, cached, error }) => {
    if (!completed || told.has(digest) || !(isStep(name) || error)) return;
    told.add(digest);
    emit(redact(`${prefix}: ${error ? 'FAILED' : cached ? 'CACHED' : 'done'} ${name}`));
  };
};
