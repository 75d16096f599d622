/** Words and variables of a Dockerfile's line: BuildKit's own lexer (`frontend/dockerfile/shell`), rule by rule. */
import { isSpace } from './space';
import { shellPattern, withoutPrefix, withoutSuffix } from './shell-pattern';

export interface Lexing {
  /** Value of a variable, when it has one. */
  readonly valueOf: (name: string) => string | undefined;
  readonly escape?: string;
  /** Quotes and escapes stay in the words. Default: false. */
  readonly isRaw?: boolean;
  /** A variable without a value stays as it is written. Default: false. */
  readonly keepsUnset?: boolean;
}

export interface Expanded {
  readonly text: string;
  /** Split at spaces after expansion. */
  readonly words: readonly string[];
}

/** @throws Error in BuildKit's words: an open quote or brace, a modifier it does not know, `${VAR:?…}` without a value. */
export const expand = (source: string, lexing: Lexing): Expanded => {
  const { valueOf, escape = '\\', isRaw = false, keepsUnset = false } = lexing;
  const runes = [...source];
  let at = 0;
  const peek = (): string => runes[at] ?? '';
  const next = (): string => runes[at++] ?? '';

  const until = (stop: string, keepsEscapes: boolean): Expanded => {
    let text = '';
    let word = '';
    const words: string[] = [];
    const add = (character: string) => {
      if (!isSpace(character)) word += character;
      else if (word !== '') {
        words.push(word);
        word = '';
      }
    };
    const whole = () => ({ text, words: word === '' ? words : [...words, word] });
    while (at < runes.length) {
      const rune = next();
      if (rune === stop) return whole();
      if (rune === '$') {
        const value = dollar();
        text += value;
        [...value].forEach(add);
      } else if (rune === escape) {
        const kept = keepsEscapes ? rune : '';
        text += kept + peek();
        word += kept + next();
      } else if ('\'"<'.includes(rune)) {
        const taken = rune === "'" ? single() : rune === '"' ? double(keepsEscapes) : heredoc();
        text += taken;
        word += taken;
      } else {
        text += rune;
        add(rune);
      }
    }
    if (stop !== '') throw new Error(stop === '}' ? "missing '}'" : `missing '${stop}'`);
    return whole();
  };

  const quote = (mark: string, content: string): string => (isRaw ? mark + content + mark : content);

  const single = (): string => {
    const end = runes.indexOf("'", at);
    if (end === -1) throw new Error('a single quote is never closed');
    const content = runes.slice(at, end).join('');
    at = end + 1;
    return quote("'", content);
  };

  const double = (keepsEscapes: boolean): string => {
    let content = '';
    while (at < runes.length) {
      const rune = next();
      if (rune === '"') return quote('"', content);
      if (rune === '$') content += dollar();
      else if (rune !== escape) content += rune;
      else if (peek() !== '') {
        const isEscaped = ['"', '$', escape].includes(peek());
        content += (keepsEscapes ? escape : '') + (isEscaped ? next() : escape);
      }
    }
    throw new Error('a double quote is never closed');
  };

  /** White space between `<<` and its word belongs to the word. */
  const heredoc = (): string => {
    if (peek() !== '<') return '<';
    next();
    let spaces = '';
    while (['\t', '\r', ' '].includes(peek())) spaces += next();
    return `<<${spaces}`;
  };

  const variableName = (): string => {
    const [name = ''] = /^(?:\d+|[@*#?\-$!]|[\p{L}_][\p{L}\p{Nd}_]*)/u.exec(runes.slice(at).join('')) ?? [];
    at += [...name].length;
    return name;
  };

  const dollar = (): string => {
    if (peek() !== '{') {
      const name = variableName();
      if (name === '') return '$';
      return valueOf(name) ?? (keepsUnset ? `$${name}` : '');
    }
    const start = at - 1;
    next();
    if (['{', '}', ':'].includes(peek())) throw new Error('bad substitution');
    const name = variableName();
    const value = braced(name);
    return keepsUnset && valueOf(name) === undefined ? runes.slice(start, at).join('') : value;
  };

  const braced = (name: string): string => {
    const value = valueOf(name);
    const first = next();
    if (first === '') throw new Error("missing '}'");
    if (first === '}') return value ?? '';
    if (first === '/') return replaced(value ?? '');
    const modifier = first === ':' ? next() : first;
    if (!'+-?#%'.includes(modifier) || modifier === '' || (first === ':' && '#%'.includes(modifier)))
      throw new Error(`unsupported modifier (${first === ':' ? ':' : ''}${modifier}) in substitution`);
    const isTrim = '#%'.includes(modifier);
    const word = until('}', isTrim).text;
    const isSet = value !== undefined && !(first === ':' && value === '');
    if (modifier === '-') return isSet ? value : word;
    if (modifier === '+') return isSet ? word : '';
    if (isTrim) return trimmed(modifier, word, value ?? '');
    if (!isSet && !keepsUnset) throw new Error(`${name}: ${word || 'is not allowed to be unset'}`);
    return value ?? '';
  };

  const replaced = (value: string): string => {
    const isAll = peek() === '/';
    if (isAll) next();
    const pattern = until('/', true).text;
    const replacement = until('}', true).text;
    return value.replace(shellPattern(pattern, true, isAll ? 'g' : ''), () => replacement);
  };

  return until('', isRaw);
};

const trimmed = (modifier: string, word: string, value: string): string => {
  const isGreedy = word.startsWith(modifier);
  const pattern = isGreedy ? word.slice(1) : word;
  return (modifier === '#' ? withoutPrefix : withoutSuffix)(pattern, value, isGreedy);
};
