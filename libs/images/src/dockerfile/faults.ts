/** All that is wrong with a Dockerfile as it stands, and what it takes by name from its contexts: nothing is built to find out. */
import { baseImages, type DockerfileUse, namedContexts, readStages } from './base-images';
import { readDockerfile, innerOf, type Instruction } from './instructions';
import { dockerfileInvalid } from './invalid';
import { unknownInstructions } from './known-instructions';
import { runFaults, type RunOptions } from './run-faults';
import { type FilledInstruction, filledInstructions } from './stage-values';
import { type TakenPath, takenPaths } from './taken-paths';
import { refuseUnpinned } from './unpinned-source';

export interface DockerfileFaults {
  readonly faults: readonly Error[];
  /** What the stages of the build take from contexts; empty where they could not be read. */
  readonly taken: readonly TakenPath[];
}

export const dockerfileFaults = (file: string, text: string, use: DockerfileUse & RunOptions): DockerfileFaults => {
  const faults: Error[] = [];
  const trying = <Value>(act: () => Value): Value | undefined => {
    try {
      return act();
    } catch (error) {
      faults.push(error as Error);
      return undefined;
    }
  };
  const dockerfile = trying(() => readDockerfile(file, text));
  if (dockerfile === undefined) return { faults, taken: [] };
  faults.push(...unknownInstructions(file, text, dockerfile.instructions));
  const filled = trying(() => reachedInstructions(file, text, use));
  if (filled === undefined) return { faults, taken: [] };
  trying(() => baseImages(file, text, use));
  for (const { instruction, fill } of filled) {
    const place = { file, line: instruction.line };
    trying(() => inItsWords(file, instruction, () => refuseUnpinned(place, innerOf(instruction), fill)));
    const found = trying(() => inItsWords(file, instruction, () => runFaults(place, instruction, fill, use)));
    faults.push(...(found ?? []));
  }
  return { faults, taken: trying(() => takenBy(file, filled, use)) ?? [] };
};

/** Those that the build runs, with what a word stands for at each. */
export const reachedInstructions = (file: string, text: string, use: DockerfileUse): readonly FilledInstruction[] => {
  const { dockerfile, stages, reached, given } = readStages(file, text, use);
  const reading = { stages, escape: dockerfile.escape, given, replaced: namedContexts(use) };
  return reached.flatMap((stage) => inItsWords(file, stage.from, () => filledInstructions(stage, reading)));
};

const takenBy = (file: string, filled: readonly FilledInstruction[], use: DockerfileUse): readonly TakenPath[] =>
  filled.flatMap((each) => inItsWords(file, each.instruction, () => takenPaths(each, namedContexts(use))));

/** What is wrong with a word, at its line. */
const inItsWords = <Value>(file: string, { line, keyword, value }: Instruction, act: () => Value): Value => {
  try {
    return act();
  } catch (error) {
    if ((error as { readonly code?: string }).code !== undefined) throw error;
    const remedy = 'Correct the expression: BuildKit refuses it too.';
    throw dockerfileInvalid({ file, line }, `${keyword} ${value}: ${(error as Error).message}`, remedy);
  }
};
