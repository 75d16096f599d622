/** What is odd about a cell that has a solution: in the resolver's words, and bounds on what it does not hold. */
import type { CellFacts } from '@nx-ci-cache/records';
import { readable } from '../explain/unsolved';
import { normaliseName } from '../file/pins';

/**
 * Sorted, each once: the resolver's order is its own.
 * @param found normalised names of all packages the cell resolved to.
 */
export const warningsOf = (facts: CellFacts, stderr: string, found: readonly string[]): readonly string[] => {
  const said = readable(stderr, facts)
    .split('\n')
    .flatMap((line) => (line.startsWith(mark) ? [line.slice(mark.length)] : []));
  return [...new Set([...said, ...absentNames(facts, found)])].sort();
};

const mark = 'warning: ';

/**
 * A limit among them may have steered all the same: it can keep out what would require its package. Names in "excludes"
 * cannot be told: what they took away is not in the answer either.
 */
const absentNames = (
  { limits = [], prereleasePackages = {} }: CellFacts,
  found: readonly string[],
): readonly string[] =>
  [
    ...limits.map(({ bound }) => ({ key: 'limits', text: bound, name: /^[\w.-]*\w/.exec(bound)?.[0] ?? bound })),
    ...Object.keys(prereleasePackages).map((name) => ({ key: 'prereleasePackages', text: name, name })),
  ].flatMap(({ key, text, name }) =>
    found.includes(normaliseName(name))
      ? []
      : [`"${text}" in "${key}": this cell resolves to no ${normaliseName(name)}`],
  );
