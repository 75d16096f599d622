/** What holds a package back from a newer version, found by resolving once more with the newest demanded. */
import { compare } from '@renovatebot/pep440';
import type { CellFacts, Hold } from '@nx-ci-cache/report';
import { comparePins } from '../compare/compare';
import { compileCell } from '../compile';
import { readable } from '../explain/unsolved';
import { pinsOf, readLines } from '../guard/lines';
import type { Pins } from '../pins';
import { boundsOn, filesOn } from './bounds';

/** Shown in explanations as where the demand comes from. */
const question = 'this question';

/** The newest version for the cell's Python at its cut-off, or why it is not known. */
export const newestOf = async (name: string, facts: CellFacts): Promise<{ version: string } | { unknown: string }> => {
  const { exitCode, stderr, output } = await compileCell(alone(name, facts), { args: ['--no-deps'] });
  const version = exitCode === 0 ? pinsOf(readLines(output)).get(name) : undefined;
  return version === undefined ? { unknown: readable(stderr, facts) } : { version };
};

/** Only the package, the index and the rules by which releases are seen. */
const alone = (name: string, facts: CellFacts): CellFacts => ({
  ...without(facts, ['constraints', 'overrides', 'excludes', 'limits', 'keep', 'resolution']),
  requirements: [{ path: question, text: `${name}\n` }],
});

/** @param pins of the cell as it resolves without the question. */
export const holdOf = async (name: string, newest: string, pins: Pins, facts: CellFacts): Promise<Hold> => {
  const version = pins.get(name);
  if (version === undefined || compare(version, newest) >= 0) return { by: 'nothing' };
  // A bound may not have a local part, and any version with it is at least the one without.
  const asked = { path: question, text: `${name}>=${newest.replace(/\+.*$/, '')}\n` };
  const lifted = { ...without(facts, ['keep']), requirements: [...facts.requirements, asked] };
  const { exitCode, stderr, output } = await compileCell(lifted);
  if (exitCode === 0) return freeChoice(name, newest, { before: pins, after: pinsOf(readLines(output)) }, facts);
  const explanation = readable(stderr, lifted);
  return exitCode === 1
    ? { by: 'requirements', explanation, ...boundsOn(name, facts) }
    : { by: 'unknown', reason: explanation };
};

/** A solution is an answer only when it holds what was demanded: an override replaces the demand too. */
const freeChoice = (
  name: string,
  newest: string,
  { before, after }: { readonly before: Pins; readonly after: Pins },
  { overrides }: CellFacts,
): Hold => {
  const version = after.get(name);
  if (version !== undefined && compare(version, newest) >= 0)
    return { by: 'choice', changes: comparePins('', before, after).changes };
  const files = filesOn(name, overrides);
  if (files.length > 0) return { by: 'override', files };
  return { by: 'unknown', reason: `the resolver took ${version ?? 'none'} though ${newest} was demanded` };
};

const without = <Key extends keyof CellFacts>(facts: CellFacts, keys: readonly Key[]): Omit<CellFacts, Key> =>
  Object.fromEntries(Object.entries(facts).filter(([key]) => !keys.some((each) => each === key))) as Omit<
    CellFacts,
    Key
  >;
