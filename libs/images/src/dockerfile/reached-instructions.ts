/** What a build runs, stage by stage, with what a word stands for at each instruction. */
import { type DockerfileUse, namedContexts, readStages } from './base-images';
import { inItsWords } from './in-its-words';
import { type FilledInstruction, filledInstructions } from './stage-values';

export interface ReachedInstructions {
  readonly instructions: readonly FilledInstruction[];
  /** What the FROM of each stage names. */
  readonly bases: readonly string[];
}

/** @throws CiCacheError `OptionInvalid` */
export const reachedInstructions = (file: string, text: string, use: DockerfileUse): ReachedInstructions => {
  const { dockerfile, stages, reached, given } = readStages(file, text, use);
  const reading = { stages, escape: dockerfile.escape, given, replaced: namedContexts(use) };
  return {
    instructions: reached.flatMap((stage) => inItsWords(file, stage.from, () => filledInstructions(stage, reading))),
    bases: reached.map(({ base }) => base()),
  };
};
