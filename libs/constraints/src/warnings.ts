/** What is odd about a cell that has a solution, in the resolver's words. */
import type { CellFacts } from '@nx-ci-cache/report';
import { readable } from './explain/unsolved';

/** Sorted, each once: the resolver's order is its own. */
export const warningsOf = (facts: CellFacts, stderr: string): readonly string[] => {
  const said = readable(stderr, facts)
    .split('\n')
    .flatMap((line) => (line.startsWith(mark) ? [line.slice(mark.length)] : []));
  return [...new Set(said)].sort();
};

const mark = 'warning: ';
