/** Resolves changed cells again without the Nx cache, so that an entry somebody else wrote, or an old one, cannot publish. */
import { comparePins, pinsOf, readLines } from '@nx-ci-cache/constraints';
import { CiCacheError, mapConcurrently } from '@nx-ci-cache/process';
import type { StepContext } from '../context/context';
import { readCellFacts } from '../facts/cell-facts';
import type { GeneratedFile } from './generated';
import { resolutionsAtOnce, textOfFacts } from './resolve-facts';

/** @throws CiCacheError `PushRefused` naming each file that does not come out again byte for byte, and its pins that differ. */
export const proveFresh = async (files: readonly GeneratedFile[], context: StepContext): Promise<void> => {
  const changed = files.filter(({ text, published }) => text !== published);
  const compared = await mapConcurrently(changed, resolutionsAtOnce, async ({ cell, file, text }) => {
    const { facts } = await readCellFacts(cell, context);
    const again = await textOfFacts(facts, context);
    return again === text ? [] : [`${file} (${difference(file, text, again)})`];
  });
  const wrong = compared.flat();
  if (wrong.length === 0) return;
  throw new CiCacheError('PushRefused', `resolved again, another file came out for ${wrong.join(', ')}`, {
    remedy:
      'Run again with --skip-nx-cache. Then look at the index: either those releases were yanked or deleted since, ' +
      'or somebody wrote this entry into the shared Nx cache, which must be found out.',
    data: { files: wrong },
  });
};

const atMost = 5;

const difference = (file: string, text: string, again: string): string => {
  const { changes } = comparePins(file, pinsOf(readLines(text)), pinsOf(readLines(again)));
  if (changes.length === 0) return 'in its comments';
  const shown = changes
    .slice(0, atMost)
    .map(({ name, from, to }) => `${name} ${from ?? 'absent'}, now ${to ?? 'absent'}`);
  const more = changes.length - shown.length;
  return [...shown, ...(more === 0 ? [] : [`${more} more`])].join('; ');
};
