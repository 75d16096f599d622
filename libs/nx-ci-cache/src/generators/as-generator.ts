/** A generator as Nx runs it: what it refuses reads like every other refusal of ours, since Nx shows an error's message only. */
import type { GeneratorCallback, Tree } from '@nx/devkit';
import { messageOf } from '@nx-ci-cache/process';

export type Generator<Options> = (tree: Tree, options: Options) => Promise<GeneratorCallback | undefined>;

export const asGenerator =
  <Options>(generator: Generator<Options>): Generator<Options> =>
  async (tree, options) => {
    try {
      return await generator(tree, options);
    } catch (cause) {
      throw new Error(messageOf(cause), { cause });
    }
  };
