/** All that is wrong with a Dockerfile as it stands, and what it takes by name from its contexts: nothing is built to find out. */
import { baseImages, type DockerfileUse, namedContexts } from './base-images';
import { inItsWords } from './in-its-words';
import { innerOf, readDockerfile } from './instructions';
import { unknownInstructions } from './known-instructions';
import { runFaults, type RunOptions } from './run-faults';
import { reachedInstructions } from './reached-instructions';
import type { FilledInstruction } from './stage-values';
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
  const filled = trying(() => reachedInstructions(file, text, use).instructions);
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

const takenBy = (file: string, filled: readonly FilledInstruction[], use: DockerfileUse): readonly TakenPath[] =>
  filled.flatMap((each) => inItsWords(file, each.instruction, () => takenPaths(each, namedContexts(use))));
