/** The resolver takes a pre-release nobody asked for as a way out: where a person asks for a solution, that is none. */
import type { CellFacts } from '@nx-ci-cache/records';
import { pinsOf, readLines } from '../file/lines';
import type { Pins } from '../file/pins';
import { unaskedPrereleases } from './unasked';
import { compileCell, type CompileAnswer } from '../resolver/compile';

/** @param before what the cell resolves to as it is: what is in there is no way out of the question. */
export const compileWithoutWaysOut = async (facts: CellFacts, before: Pins): Promise<CompileAnswer> => {
  const answer = await compileCell(facts);
  const pins = new Map([...pinsOf(readLines(answer.output))].filter(([name, version]) => before.get(name) !== version));
  const taken = await unaskedPrereleases(pins, facts, { environment: process.env });
  if (taken.size === 0) return answer;
  const without = Object.fromEntries([...taken.keys()].map((name) => [name, 'disallow']));
  return compileWithoutWaysOut({ ...facts, prereleasePackages: { ...facts.prereleasePackages, ...without } }, before);
};
