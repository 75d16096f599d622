/** One line per finished step for whoever watches a build. */
import { redact } from '@nx-ci-cache/process';
import { parseEvent } from './progress';

const isStep = /^\[[^\]]* \d+\/\d+\] /;

/** A listener for raw progress lines that emits `CACHED [deps 2/3] RUN make` and the like, each step once. */
export const progressLines = (prefix: string, emit: (line: string) => void): ((line: string) => void) => {
  const told = new Set<string>();
  return (line) => {
    for (const { digest, name, completed, cached, error } of parseEvent(line)?.vertexes ?? []) {
      if (completed === undefined || told.has(digest) || !(isStep.test(name) || error)) continue;
      told.add(digest);
      emit(redact(`${prefix}: ${error ? 'FAILED' : cached ? 'CACHED' : 'done'} ${name}`));
    }
  };
};
