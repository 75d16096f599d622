/**
 * What Go's `filepath.Match(pattern, ".")` refuses: BuildKit's check of a pattern before it is used. It looks no further than
 * the first part that does not match, so whether `.` matches is part of the rule.
 */

/** @throws Error: Go refuses the pattern. */
export const checkPattern = (pattern: string): void => {
  let rest = [...pattern];
  let name = '.';
  while (rest.length > 0) {
    const stars = rest.findIndex((rune) => rune !== '*');
    if (stars === -1) return;
    const chunk = rest.slice(stars, stars + chunkLength(rest.slice(stars)));
    rest = rest.slice(stars + chunk.length);
    const fits = (left: string | undefined) => left !== undefined && (left === '' || rest.length > 0);
    const here = matchChunk(chunk, name);
    const left = !fits(here) && stars > 0 && name !== '' ? matchChunk(chunk, name.slice(1)) : here;
    if (left === undefined || !fits(left)) return;
    name = left;
  }
};

/** Up to the next star outside of brackets. */
const chunkLength = (runes: readonly string[]): number => {
  let isInClass = false;
  for (let at = 0; at < runes.length; at++) {
    const rune = runes[at];
    if (rune === '\\') at++;
    else if (rune === '[' || rune === ']') isInClass = rune === '[';
    else if (rune === '*' && !isInClass) return at;
  }
  return runes.length;
};

/** What is left of the name; undefined when it does not match. */
const matchChunk = (chunk: readonly string[], name: string): string | undefined => {
  let rest: string | undefined = name;
  const consume = (isMatch: (rune: string) => boolean): void => {
    rest = rest !== undefined && rest !== '' && isMatch(rest[0] ?? '') ? rest.slice(1) : undefined;
  };
  for (let at = 0; at < chunk.length;) {
    const rune = chunk[at++] ?? '';
    if (rune === '[') {
      const { end, holds } = classAt(chunk, at);
      consume(holds);
      at = end;
    } else if (rune === '?') consume((each) => each !== '/');
    else if (rune !== '\\') consume((each) => each === rune);
    else if (at >= chunk.length) throw new Error('it ends with "\\"');
    else {
      const escaped = chunk[at++];
      consume((each) => each === escaped);
    }
  }
  return rest;
};

const classAt = (chunk: readonly string[], start: number) => {
  let at = start;
  const isNegated = chunk[at] === '^';
  if (isNegated) at++;
  const character = (): string => {
    const rune = chunk[at++];
    if (rune === '-' || rune === ']') throw new Error(`"${rune}" cannot stand there in "[…]"`);
    const meant = rune === '\\' ? chunk[at++] : rune;
    if (meant === undefined || at >= chunk.length) throw new Error('the "[" is never closed');
    return meant;
  };
  let isHeld = false;
  for (let isFirst = true; isFirst || chunk[at] !== ']'; isFirst = false) {
    const low = character();
    let high = low;
    if (chunk[at] === '-') {
      at++;
      high = character();
    }
    isHeld ||= low <= '.' && '.' <= high;
  }
  return { end: at + 1, holds: () => isHeld !== isNegated };
};
