/** The newest version of a package that a cell could have, whatever else it holds. */
import type { CellFacts } from '@nx-ci-cache/records';
import { compileCell } from '../resolver/compile';
import { readable } from '../explain/unsolved';
import { pinsOf, readLines } from '../file/lines';

/** Shown in explanations as where a demand comes from. */
export const question = 'this question';

/** For the cell's Python at its cut-off, or why it is not known. */
export const newestOf = async (name: string, facts: CellFacts): Promise<{ version: string } | { unknown: string }> => {
  const { exitCode, stderr, output } = await compileCell(alone(name, facts), { args: ['--no-deps'] });
  const version = exitCode === 0 ? pinsOf(readLines(output)).get(name) : undefined;
  return version === undefined ? { unknown: readable(stderr, facts) } : { version };
};

const others = ['constraints', 'overrides', 'excludes', 'limits', 'keep', 'resolution'] as const;

/** Only the package, the index and the rules by which releases are seen. */
const alone = (name: string, facts: CellFacts): CellFacts => {
  const rules = Object.entries(facts).filter(([key]) => !others.some((other) => other === key));
  return {
    ...(Object.fromEntries(rules) as Omit<CellFacts, (typeof others)[number]>),
    requirements: [{ path: question, text: `${name}\n` }],
  };
};
