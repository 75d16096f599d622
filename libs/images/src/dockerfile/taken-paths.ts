/** Which paths of a context a build takes: what they do not name, it does not see. */
import { posix } from 'node:path';
import { sourcesOf, takenFrom } from './copied';
import type { Instruction } from './instructions';
import { mountsOf } from './mounts';
import { remoteSource } from './remote-source';
import type { Fill, FilledInstruction } from './stage-values';

/** Stands for the build's own context. */
export const ownContext = '';

export interface TakenPath {
  readonly instruction: Instruction;
  /** Name of the context. */
  readonly context: string;
  /** Relative to the context, empty for all of it; undefined where only the build can tell. */
  readonly path: string | undefined;
  /** Likewise, where a pattern is known too. */
  readonly pattern: string | undefined;
}

/** @param contexts names of contexts, which are no stages. @throws Error in BuildKit's words. */
export const takenPaths = (
  { instruction, fill }: FilledInstruction,
  contexts: ReadonlySet<string>,
): readonly TakenPath[] => {
  const { keyword } = instruction;
  if (keyword === 'RUN')
    return mountsOf(instruction)
      .filter(({ type = 'bind', from }) => type === 'bind' || (type === 'cache' && from !== undefined))
      .filter(({ from }) => from === undefined || contexts.has(from.toLowerCase()))
      .map(({ from, source, src }) => {
        const path = literal(source ?? src ?? '', fill);
        return { instruction, context: from?.toLowerCase() ?? ownContext, path, pattern: path };
      });
  if (keyword !== 'COPY' && keyword !== 'ADD') return [];
  const context = takenFrom(instruction)?.toLowerCase() ?? ownContext;
  if (context !== ownContext && !contexts.has(context)) return [];
  return sourcesOf(instruction).flatMap((word) => {
    const { text } = fill(word);
    if (remoteSource(text) !== undefined) return [];
    const pattern = literal(word, fill);
    return [{ instruction, context, path: wildless(pattern), pattern }];
  });
};

const literal = (word: string, fill: Fill): string | undefined => {
  const { text, unknown } = fill(word);
  return unknown.length > 0 ? undefined : posix.join('/', text, '.').replace(/^\/|\/$/g, '');
};

const wildless = (path: string | undefined): string | undefined =>
  path !== undefined && /[*?[\\]/.test(path) ? undefined : path;
