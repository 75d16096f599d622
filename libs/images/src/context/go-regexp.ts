/**
 * Regular expressions as Go writes them, for the part of its language that ignore patterns can be made of: literals, `^`,
 * `$`, `.`, `|`, repetitions, one kind of group, escapes and classes.
 */

/** Code points from first to last. */
type Range = readonly [number, number];

/** @throws Error: Go refuses it. */
export const fromGo = (source: string): RegExp => {
  const reader = readerOf(source);
  let translated = '';
  while (!reader.atEnd()) {
    const rune = reader.next();
    if (rune === '.') translated += '[^\\n]';
    else if (rune === '[') translated += classOf(reader);
    else if (rune === '\\') translated += escapeOf(reader);
    else if (rune === '{') translated += repetitionOf(reader);
    else if ('^$*?()|'.includes(rune)) translated += rune;
    else translated += literal(rune);
  }
  return new RegExp(translated, 'u');
};

type Reader = ReturnType<typeof readerOf>;

const readerOf = (source: string) => {
  const runes = [...source];
  let at = 0;
  return {
    atEnd: () => at >= runes.length,
    peek: () => runes[at] ?? '',
    next: () => runes[at++] ?? '',
    /** The text ahead, when it matches. */
    take: (pattern: RegExp): string | undefined => {
      const [taken] = pattern.exec(runes.slice(at).join('')) ?? [];
      at += [...(taken ?? '')].length;
      return taken;
    },
  };
};

/** Braces around anything else are characters. */
const repetitionOf = (reader: Reader): string => {
  const counts = reader.take(/^\d+(?:,\d*)?\}/u);
  return counts === undefined ? literal('{') : `{${counts}`;
};

const literal = (rune: string): string => codePoint(rune.codePointAt(0) ?? 0);
const codePoint = (code: number): string => `\\u{${code.toString(16)}}`;

/** Go's are of ASCII only. */
const perl: Readonly<Record<string, readonly Range[]>> = {
  d: [[48, 57]],
  s: [
    [9, 10],
    [12, 13],
    [32, 32],
  ],
  w: [
    [48, 57],
    [65, 90],
    [95, 95],
    [97, 122],
  ],
};

const posix: Readonly<Record<string, string>> = {
  ...{
    alnum: '0-9A-Za-z',
    alpha: 'A-Za-z',
    ascii: '\\x00-\\x7F',
    blank: '\\t ',
    cntrl: '\\x00-\\x1F\\x7F',
    digit: '0-9',
  },
  ...{ graph: '!-~', lower: 'a-z', print: ' -~', punct: '!-\\/:-@\\[-`\\{-~', space: '\\t-\\r ', upper: 'A-Z' },
  ...{ word: '0-9A-Za-z_', xdigit: '0-9A-Fa-f' },
};

const escapeOf = (reader: Reader): string => {
  const group = groupOf(reader);
  if (group !== undefined) return group;
  if (reader.take(/^b/u) !== undefined) return '\\b';
  if (reader.take(/^B/u) !== undefined) return '\\B';
  if (reader.take(/^A/u) !== undefined) return '^';
  if (reader.take(/^z/u) !== undefined) return '$';
  if (reader.take(/^Q/u) !== undefined)
    return [...(reader.take(/^[^]*?(?=\\E|$)/u) ?? '')].map(literal).join('') + ended(reader);
  return codePoint(codeOf(reader));
};

const ended = (reader: Reader): string => {
  reader.take(/^\\E/u);
  return '';
};

/** `\d` and its like, as a class. */
const groupOf = (reader: Reader): string | undefined => {
  const letter = reader.take(/^[dswDSW]/u);
  if (letter !== undefined) {
    const ranges = perl[letter.toLowerCase()] ?? [];
    return `[${letter === letter.toLowerCase() ? '' : '^'}${ranges.map(rangeText).join('')}]`;
  }
  const category = reader.take(/^[pP][CLMNPSZ]/u);
  return category === undefined ? undefined : `\\${category[0]}{${category[1]}}`;
};

const named: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

/** Of one escaped character. */
const codeOf = (reader: Reader): number => {
  const octal = reader.take(/^(?:[1-7][0-7]{1,2}|0[0-7]{0,2})/u);
  if (octal !== undefined) return Number.parseInt(octal, 8);
  const hexadecimal = reader.take(/^x[0-9a-fA-F]{2}/u);
  if (hexadecimal !== undefined) return Number.parseInt(hexadecimal.slice(1), 16);
  const rune = reader.next();
  const code = named[rune] ?? (/^[!-/:-@[-`{-~ \0-\x1f\x7f]$/u.test(rune) ? rune.codePointAt(0) : undefined);
  if (code === undefined) throw new Error(`the escape \\${rune} means nothing`);
  return code;
};

const rangeText = ([first, last]: Range): string => `${codePoint(first)}-${codePoint(last)}`;

/** Behind its `[`. A `]` that comes first is one of its characters. */
const classOf = (reader: Reader): string => {
  const negation = reader.take(/^\^/u) ?? '';
  let items = '';
  for (let isFirst = true; isFirst || reader.peek() !== ']'; isFirst = false) {
    if (reader.atEnd()) throw new Error('the "[" is never closed');
    items += itemOf(reader);
  }
  reader.next();
  return `[${negation}${items}]`;
};

const itemOf = (reader: Reader): string => {
  const [, not, name] = /^\[:(\^?)([^]*?):\]$/u.exec(reader.take(/^\[:[^]*?:\]/u) ?? '') ?? [];
  if (name !== undefined) return posixItem(not === '^', name);
  if (reader.peek() === '\\') {
    const group = groupIn(reader);
    if (group !== undefined) return group;
  }
  const first = characterOf(reader);
  if (reader.take(/^-(?=[^\]])/u) === undefined) return rangeText([first, first]);
  const last = characterOf(reader);
  if (last < first) throw new Error('a range in "[…]" ends before it begins');
  return rangeText([first, last]);
};

const posixItem = (isNegated: boolean, name: string): string => {
  const items = posix[name];
  if (items === undefined) throw new Error(`there is no character class [:${name}:]`);
  if (!isNegated) return items;
  const rest = Array.from({ length: 128 }, (_, code) => code).filter(
    (code) => !new RegExp(`[${items}]`, 'u').test(String.fromCodePoint(code)),
  );
  return `${rest.map(codePoint).join('')}\\u{80}-\\u{10ffff}`;
};

const groupIn = (reader: Reader): string | undefined => {
  const taken = reader.take(/^\\(?:[dswDSW]|[pP][CLMNPSZ])/u);
  if (taken === undefined) return undefined;
  const [, letter = '', category] = /^\\(.)(.?)/u.exec(taken) ?? [];
  if (category !== undefined && category !== '') return `\\${letter}{${category}}`;
  const ranges = perl[letter.toLowerCase()] ?? [];
  return (letter === letter.toLowerCase() ? ranges : complementOf(ranges)).map(rangeText).join('');
};

const complementOf = (ranges: readonly Range[]): readonly Range[] => {
  const starts = [0, ...ranges.map(([, last]) => last + 1)];
  return starts
    .map((start, at) => [start, (ranges[at]?.[0] ?? 0x110000) - 1] as const)
    .filter(([from, to]) => from <= to);
};

const characterOf = (reader: Reader): number => {
  const rune = reader.next();
  if (rune === '') throw new Error('the "[" is never closed');
  return rune === '\\' ? codeOf(reader) : (rune.codePointAt(0) ?? 0);
};
