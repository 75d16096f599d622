/** Flags of an instruction: words that begin with `--` before its arguments, quoted and escaped as BuildKit reads them. */
import { isSpace, trimSpace } from './space';

export interface Flagged {
  readonly flags: readonly string[];
  readonly rest: string;
}

export const flagsOf = (text: string, escape: string): Flagged => {
  const flags: string[] = [];
  let rest = trimSpace(text);
  while (rest.startsWith('--')) {
    const { word, end } = wordAt(rest, escape);
    rest = trimSpace(rest.slice(end));
    if (word === '--') break;
    flags.push(word);
  }
  return { flags, rest };
};

/** `--name=value` → value, for each time it is given. */
export const flagValues = (flags: readonly string[], name: string): readonly string[] =>
  flags.flatMap((flag) => (flag.startsWith(`--${name}=`) ? [flag.slice(name.length + 3)] : []));

/** The first word, without its quotes and escapes, and where it ends. */
export const wordAt = (text: string, escape: string): { readonly word: string; readonly end: number } => {
  let word = '';
  let quote = '';
  let at = 0;
  for (; at < text.length; at++) {
    const character = text[at] ?? '';
    if (quote === '' && isSpace(character)) break;
    if (character === escape) word += text[++at] ?? '';
    else if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else word += character;
  }
  return { word, end: at };
};
