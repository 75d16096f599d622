/** Which constraint files a build can see: a Dockerfile that names single files depends on those alone. */
import type { DockerfileUse } from './base-images';
import { takenFrom } from './copied';
import { isDockersSyntax } from './directives';
import { inItsWords } from './in-its-words';
import { type Instruction, innerOf } from './instructions';
import { mountsOf } from './mounts';
import { reachedInstructions } from './reached-instructions';
import { takenPaths } from './taken-paths';

const context = 'constraints';

/** Names of files; undefined where any file may count: a folder, a pattern, what only the build can tell. */
export const seenConstraints = (file: string, text: string, use: DockerfileUse): ReadonlySet<string> | undefined => {
  if (!isDockersSyntax(text)) return undefined;
  const { instructions, bases } = reachedInstructions(file, text, use);
  if (bases.some(isContext)) return undefined;
  const seen = new Set<string>();
  for (const each of instructions) {
    if (each.instruction.keyword === 'ONBUILD' && namesContext(innerOf(each.instruction))) return undefined;
    const taken = inItsWords(file, each.instruction, () => takenPaths(each, new Set([context])));
    for (const { context: name, path } of taken) {
      if (name !== context) continue;
      if (path === undefined || path === '') return undefined;
      seen.add(path);
    }
  }
  return seen;
};

const isContext = (name: string | undefined): boolean => name?.toLowerCase() === context;

const namesContext = (instruction: Instruction): boolean =>
  isContext(takenFrom(instruction)) || mountsOf(instruction).some(({ from }) => isContext(from));
