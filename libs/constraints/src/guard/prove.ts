/** Asks the resolver what a file must hold: its direct requirements, and what it resolves to with itself as constraints. */
import { messageOf } from '@nx-ci-cache/process';
import type { CellFacts } from '@nx-ci-cache/records';
import { compileCell, type CompileExtra } from '../resolver/compile';
import { briefly } from '../explain/brief';
import { readable } from '../explain/unsolved';
import { normaliseName, type Pins } from '../file/pins';
import { missingWheels } from '../platforms/missing-wheels';
import { isOwn } from '../requirements/own-packages';
import { annotate, readAnnotated, type Requirers } from '../resolver/annotated';
import { keptPages } from '../resolver/kept-pages';
import type { Proof } from './guard';
import { unaskedPrereleases } from '../prereleases/unasked';
import { withdrawnPins } from './withdrawn';
import { pinsOf, readLines } from '../file/lines';

export interface CellProof extends Proof {
  /** Who requires each package of the file; empty when it did not resolve again. */
  readonly requirers: Requirers;
}

const selfName = 'self.txt';

/** Never throws for what the resolver says: an answer it does not give is a refusal in words. */
export const proveCell = async (facts: CellFacts, pins: Pins, published: Pins = new Map()): Promise<CellProof> => {
  const itself = [...pins].map(([name, version]) => `${name}==${version}\n`).join('');
  const again = await ask(facts, { args: ['--constraints', selfName, ...annotate], files: { [selfName]: itself } });
  const direct = namesIn(await askDirect(facts));
  const reader = { environment: process.env };
  const unasked = await unaskedPrereleases(pins, facts, reader);
  const withdrawn = await withdrawnPins(pins, published, facts, reader);
  const asked = { direct, unasked, withdrawn };
  if ('unproved' in again) return { ...asked, again, requirers: new Map() };
  const missing = await missingWheels(pins, facts, await keptPages(facts));
  const annotated = readAnnotated(again.value, facts);
  return { ...asked, missing, again: { value: annotated.pins }, requirers: annotated.requirers };
};

/**
 * What takes a requirement away cannot excuse that it is missing. Only own packages may be excluded: they are on no index.
 * Bounds go as well, because overrides are what reconciles them. Each comes back where there is no solution without it:
 * a bound may name the pre-release there is, and overrides reconcile requirements that contradict each other.
 */
const askDirect = async (facts: CellFacts): Promise<Answer> => {
  const { constraints, limits, overrides, excludes = [], ...rest } = facts;
  const own = excludes.filter((name) => isOwn(normaliseName(name), facts.ownPackages ?? []));
  const bare = { ...rest, ...(own.length > 0 && { excludes: own }) };
  const bounded = { ...bare, ...(constraints && { constraints }), ...(limits && { limits }) };
  let answer = await ask(bare, { args: ['--no-deps'] });
  if ('unproved' in answer && (constraints ?? limits)) answer = await ask(bounded, { args: ['--no-deps'] });
  if ('unproved' in answer && overrides) answer = await ask({ ...bounded, overrides }, { args: ['--no-deps'] });
  return answer;
};

type Answer = { readonly value: string } | { readonly unproved: string };

const ask = async (facts: CellFacts, extra: CompileExtra): Promise<Answer> => {
  try {
    const { exitCode, stderr, output } = await compileCell(facts, extra);
    return exitCode === 0 ? { value: output } : { unproved: briefly(readable(stderr, facts)) };
  } catch (error) {
    return { unproved: messageOf(error) };
  }
};

const namesIn = (answer: Answer): Proof['direct'] =>
  'unproved' in answer ? answer : { value: [...pinsOf(readLines(answer.value)).keys()] };
