/** BuildKit's own words for an expression it refuses, said at the instruction's line. */
import { CiCacheError } from '@nx-ci-cache/process';
import type { Instruction } from './instructions';
import { dockerfileInvalid } from './invalid';

/** @throws CiCacheError `OptionInvalid` */
export const inItsWords = <Value>(file: string, { line, keyword, value }: Instruction, act: () => Value): Value => {
  try {
    return act();
  } catch (error) {
    if (error instanceof CiCacheError) throw error;
    const remedy = 'Correct the expression: BuildKit refuses it too.';
    throw dockerfileInvalid({ file, line }, `${keyword} ${value}: ${(error as Error).message}`, remedy);
  }
};
