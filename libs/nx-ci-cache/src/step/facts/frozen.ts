/** What the built image of a cell holds, as `build-image` brought it out in this checkout. */
import { readFile } from 'node:fs/promises';
import { frozenImageOf } from '@nx-ci-cache/config';
import type { Cell, CellFacts } from '@nx-ci-cache/records';
import { CiCacheError, digestOf } from '@nx-ci-cache/process';
import { buildImageStep } from '../../chain/build-image';
import type { StepContext } from '../context/context';
import { targetDoing } from '../context/own-tasks';

/** @throws CiCacheError `OptionInvalid` naming the target that writes it. */
export const readFreeze = async (cell: Cell, context: StepContext): Promise<string> => {
  const frozen = frozenImageOf(context.config, cell);
  if (frozen === undefined) throw new Error(`${cell.mode} freezes no image`);
  const path = context.paths.freeze(frozen.name);
  return readFile(context.at(path), 'utf8').catch((cause: unknown) => {
    throw new CiCacheError('OptionInvalid', `${path} is missing`, {
      remedy: `Run this target with its dependencies, or run ${targetDoing(buildImageStep, frozen, context)} first.`,
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
