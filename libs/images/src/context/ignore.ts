/** `.dockerignore` as BuildKit obeys it: its reader, its matcher, and its way down the folders of a context. */
import { posix } from 'node:path';
import { CiCacheError } from '@nx-ci-cache/process';
import { trimSpace } from '../dockerfile/space';
import { compilePattern, type PathTest } from './ignore-pattern';

interface Pattern {
  readonly text: string;
  /** Written with `!`: what it matches is kept after all. */
  readonly isException: boolean;
  readonly matches: PathTest;
}

/** Which patterns match a folder, and whether BuildKit looks into it at all. */
interface Folder {
  readonly matched: readonly boolean[];
  readonly isSkipped: boolean;
}

/** A test for paths relative to the context: true when the file belongs to it. */
export type ContextFilter = ((path: string) => boolean) & {
  /** Whether anything in a folder may belong to the context. */
  readonly entersFolder: (path: string) => boolean;
};

/** Where nothing is ignored. */
export const everything: ContextFilter = Object.assign(() => true, { entersFolder: () => true });

/** @throws CiCacheError `OptionInvalid`. */
export const contextFilter = (file: string, text: string): ContextFilter => {
  const patterns = text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .flatMap((line, index) => patternOf(`${file}:${index + 1}`, line));
  const folders = new Map<string, Folder>();
  const mayKeep = exceptionsBelow(patterns);

  const look = (path: string): Folder & { readonly isIgnored: boolean } => {
    const parent = posix.dirname(path);
    const above = parent === '.' ? undefined : folderAt(parent);
    if (above?.isSkipped) return { ...above, isIgnored: true };
    const matched: boolean[] = [];
    let isIgnored = false;
    for (const [at, { isException, matches }] of patterns.entries()) {
      // What matched a folder matches all in it; else a pattern is asked only when it would change something.
      matched[at] = above?.matched[at] === true || (isException === isIgnored && matches(path));
      if (matched[at]) isIgnored = !isException;
    }
    return { matched, isIgnored, isSkipped: isIgnored && !mayKeep(path) };
  };
  const folderAt = (path: string): Folder => {
    const known = folders.get(path);
    if (known !== undefined) return known;
    const folder = look(path);
    folders.set(path, folder);
    return folder;
  };
  return Object.assign((path: string) => !look(path).isIgnored, {
    entersFolder: (path: string) => !look(path).isSkipped,
  });
};

/** BuildKit leaves an ignored folder out whole when no exception names anything in it, read letter by letter. */
const exceptionsBelow = (patterns: readonly Pattern[]): ((folder: string) => boolean) => {
  const prefixes = patterns
    .filter(({ isException }) => isException)
    .map(({ text }) => text.replace(/\/\*\*$/, '').replace(/\/\*$/, ''));
  if (prefixes.some((prefix) => /[*[\]?^\\]/.test(prefix))) return () => true;
  return (folder) => prefixes.some((prefix) => `${prefix}/`.startsWith(`${folder}/`));
};

const patternOf = (place: string, line: string): Pattern[] => {
  const written = line.startsWith('#') ? '' : trimSpace(line);
  if (written === '') return [];
  const isException = written.startsWith('!');
  const bare = isException ? trimSpace(written.slice(1)) : written;
  const text = bare === '' ? '' : withoutRoot(clean(bare));
  if (text === '' || (isException && text === '/')) throw patternInvalid(place, written, 'a lone "!" excludes nothing');
  try {
    return [{ text, isException, matches: compilePattern(text) }];
  } catch (error) {
    throw patternInvalid(place, written, (error as Error).message);
  }
};

/** As Go's `filepath.Clean`. */
const clean = (path: string): string => posix.normalize(path).replace(/(?<=.)\/$/s, '');
const withoutRoot = (path: string): string => (path.length > 1 ? path.replace(/^\//, '') : path);

const patternInvalid = (place: string, pattern: string, why: string) =>
  new CiCacheError('OptionInvalid', `${place}: pattern "${pattern}": ${why}`, {
    remedy: 'Correct the pattern: BuildKit refuses it too.',
    data: { place, pattern },
  });
