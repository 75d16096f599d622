/** What the built image of a cell holds, as `build-image` brought it out in this checkout. */
import { readFile } from 'node:fs/promises';
import { frozenImageOf } from '@nx-ci-cache/config';
import type { Cell, CellFacts } from '@nx-ci-cache/records';
import { CiCacheError, digestOf } from '@nx-ci-cache/process';
import { freezeTarget } from '../../chain/target-names';
import type { StepContext } from '../context/context';

/** @throws CiCacheError `OptionInvalid` naming the target that writes it. */
export const readFreeze = async (cell: Cell, { at, config, paths, projectName }: StepContext): Promise<string> => {
  const build = frozenImageOf(config, cell)?.name ?? '';
  return readFile(at(paths.freeze(build)), 'utf8').catch((cause: unknown) => {
    throw new CiCacheError('OptionInvalid', `${paths.freeze(build)} is missing`, {
      remedy: `Run this target with its dependencies, or run ${projectName}:${freezeTarget(build)} first.`,
      cause,
    });
  });
};

/**
 * Digest of everything a cell is made from.
 * @param text of its facts file.
 */
export const factsDigest = async (text: string, context: StepContext): Promise<string> => {
  const facts = JSON.parse(text) as CellFacts;
  return facts.image === undefined
    ? digestOf(text)
    : digestOf({ facts: text, freeze: await readFreeze(facts, context) });
};
