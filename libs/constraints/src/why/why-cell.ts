/** Why a package is in a cell, and why not in a newer version: asked of the resolver with the cell's own facts. */
import { compare } from '@renovatebot/pep440';
import type { CellFacts, WhyAnswer } from '@nx-ci-cache/records';
import { compileCell } from '../resolver/compile';
import { refuseUndated, undatedFiles } from '../explain/undated';
import { unsolved } from '../explain/unsolved';
import { refuseMissingExtras } from '../explain/missing-extras';
import { annotate, readAnnotated } from '../resolver/annotated';
import { chainsTo } from './chains';
import { hiddenAbove } from './hidden';
import { holdOf } from './hold';
import { newestOf } from './newest';

/**
 * @param name normalised.
 * @throws CiCacheError `ResolveFailed` as the cell itself does: no solution, a missing extra, or an index without upload times.
 */
export const whyCell = async (name: string, facts: CellFacts): Promise<WhyAnswer> => {
  if (facts.image !== undefined) return { kind: 'frozen', image: facts.image };
  const answer = await compileCell(facts, { args: annotate });
  refuseUndated(facts, undatedFiles(answer.stderr));
  if (answer.exitCode !== 0) throw unsolved(facts, answer);
  await refuseMissingExtras(facts, answer.stderr);
  const annotated = readAnnotated(answer.output, facts);
  const version = annotated.pins.get(name);
  if (version === undefined) return { kind: 'absent' };
  const found = { kind: 'found' as const, version, chains: chainsTo(name, annotated.requirers) };
  const newest = await newestOf(name, facts);
  if ('unknown' in newest) return { ...found, hold: { by: 'unknown', reason: newest.unknown } };
  const hold = await holdOf(name, newest.version, annotated, facts);
  const hidden = await hiddenAbove(name, compare(version, newest.version) > 0 ? version : newest.version, facts);
  return { ...found, newest: newest.version, hold, ...(hidden.length > 0 && { hidden }) };
};
