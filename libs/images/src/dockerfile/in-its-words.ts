/** BuildKit's own words for an expression it refuses, said at the instruction's line. */
import { CiCacheError } from '@nx-ci-cache/process';
import { OfNode } from './arguments';
import type { Instruction } from './instructions';
import { dockerfileInvalid } from './invalid';

/** @param instruction undefined for a Dockerfile that has none. @throws CiCacheError `OptionInvalid` */
export const inItsWords = <Value>(file: string, instruction: Instruction | undefined, act: () => Value): Value => {
  try {
    return act();
  } catch (error) {
    if (error instanceof CiCacheError) throw error;
    const { line = 1, keyword = '', value = '' } = instruction ?? {};
    const remedy =
      error instanceof OfNode
        ? `Use TARGET… in place of ${error.variable}, or give it a value in "buildArgs" of the image in ci-cache.json.`
        : 'Correct the expression: BuildKit refuses it too.';
    throw dockerfileInvalid({ file, line }, `${keyword} ${value}: ${(error as Error).message}`, remedy);
  }
};
