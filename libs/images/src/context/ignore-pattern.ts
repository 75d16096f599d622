/** One pattern of an ignore file, as `moby/patternmatcher` reads it: what Docker and BuildKit share. */
import { checkPattern } from './go-match';
import { fromGo } from './go-regexp';

export type PathTest = (path: string) => boolean;

/** @param pattern cleaned, and without its `!`. @throws Error: BuildKit refuses it. */
export const compilePattern = (pattern: string): PathTest => {
  checkPattern(pattern);
  const { kind, source } = translate([...pattern]);
  switch (kind) {
    case 'exact':
      return (path) => path === pattern;
    case 'prefix':
      return (path) => path.startsWith(pattern.slice(0, -2));
    case 'suffix':
      return suffixTest(pattern.slice(2));
    case 'regexp': {
      const regexp = fromGo(`${source}$`);
      return (path) => regexp.test(path);
    }
  }
};

/** `**` and what follows it, which may also stand at the root. */
const suffixTest =
  (suffix: string): PathTest =>
  (path) =>
    path.endsWith(suffix) || (suffix.startsWith('/') && path === suffix.slice(1));

type Kind = 'exact' | 'prefix' | 'suffix' | 'regexp';

const translate = (runes: readonly string[]): { readonly kind: Kind; readonly source: string } => {
  let source = '^';
  let kind: Kind = 'exact';
  for (let at = 0, round = 0; at < runes.length; round++) {
    const rune = runes[at++] ?? '';
    if (rune === '*' && runes[at] === '*') {
      at += runes[at + 1] === '/' ? 2 : 1;
      const isLast = at >= runes.length;
      if (!isLast) source += '(.*/)?';
      else if (kind !== 'exact') source += '.*';
      kind = isLast && kind === 'exact' ? 'prefix' : 'regexp';
      if (round === 0) kind = 'suffix';
    } else if (rune === '*' || rune === '?') {
      source += rune === '*' ? '[^/]*' : '[^/]';
      kind = 'regexp';
    } else if (rune === '\\') {
      source += `\\${runes[at++] ?? ''}`;
      kind = 'regexp';
    } else {
      // `|`, `{` and `}` are meant to be among them, but the matcher's own table overflows: they stay what they are in Go.
      source += '.+()$'.includes(rune) ? `\\${rune}` : rune;
      if (rune === '[' || rune === ']') kind = 'regexp';
    }
  }
  return { kind, source };
};
