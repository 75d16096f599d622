/** Which files of its contexts an instruction takes, each with a digest. */
import type { LegSpec } from '@nx-ci-cache/config';
import { digestOf } from '@nx-ci-cache/process';
import { ownContext, takenPaths } from '../dockerfile/taken-paths';
import type { SourceContext } from '../context/source-context';
import type { FilledInstruction } from '../dockerfile/stage-values';
import { constraintsOf } from '../plan/inputs';
import { shortDigest } from './step';

type Texts = Readonly<Record<string, string>>;

/** Digest of each file of each context, by path; the build's own context is called by the empty text. */
export type FilesByContext = ReadonlyMap<string, Texts>;

export const takenFiles = (filled: FilledInstruction, files: FilesByContext): Texts =>
  Object.fromEntries(
    takenPaths(filled, new Set(files.keys())).flatMap(({ context, pattern }) => {
      const isTaken = matcherOf(pattern);
      return Object.entries(files.get(context) ?? {})
        .filter(([path]) => isTaken(path))
        .map(([path, digest]) => [named(context, path), shortDigest(digest)]);
    }),
  );

/** All files of a context that takes the place of an image. */
export const allFiles = (context: string, files: FilesByContext): Texts =>
  Object.fromEntries(
    Object.entries(files.get(context) ?? {}).map(([path, digest]) => [named(context, path), shortDigest(digest)]),
  );

/** What the contexts of a leg hold. */
export const contextsOf = (
  { spec, constraints }: { readonly spec: LegSpec; readonly constraints: Texts },
  { files, gitDir, named: others }: SourceContext,
): FilesByContext =>
  new Map([
    [ownContext, { ...digests(files), ...(gitDir === undefined ? {} : { '.git': gitDir.digest }) }],
    ...Object.entries(others).map(([name, other]) => [name.toLowerCase(), digests(other.files)] as const),
    ['constraints', mapped(constraintsOf(spec, constraints), digestOf)],
  ]);

/** What a checkout makes of a file follows from these; where it finds the bytes does not matter. */
const digests = (files: SourceContext['files']): Texts =>
  Object.fromEntries(files.map(({ path, mode, oid, attributes = {} }) => [path, digestOf({ mode, oid, attributes })]));

const mapped = (texts: Texts, map: (text: string) => string): Texts =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, map(text)]));

const named = (context: string, path: string): string => (context === ownContext ? path : `${context}:${path}`);

/** What a pattern does not say, every file may be. */
const matcherOf = (pattern: string | undefined): ((path: string) => boolean) => {
  if (pattern === undefined || pattern === '') return () => true;
  const source = pattern
    .replace(/[.+^${}()|]/g, '\\$&')
    .replace(/\*/g, '[^/]*')
    .replace(/\?/g, '[^/]');
  const expression = compiled(`^${source}(/.*)?$`);
  return expression === undefined ? () => true : (path) => expression.test(path);
};

const compiled = (source: string): RegExp | undefined => {
  try {
    return new RegExp(source, 'u');
  } catch {
    return undefined;
  }
};
