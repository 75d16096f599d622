/** Patterns of `${VAR#p}`, `${VAR%p}` and `${VAR/p/…}`, as BuildKit translates them: `*`, `?` and escapes, no brackets. */

/** @throws Error for an escape BuildKit refuses. */
export const shellPattern = (pattern: string, isGreedy: boolean, flags = ''): RegExp => {
  const runes = [...pattern];
  let source = '';
  for (let at = 0; at < runes.length; at++) {
    const rune = runes[at] ?? '';
    const following = runes[at + 1];
    if (rune === '*') source += isGreedy ? '.*' : '.*?';
    else if (rune === '?') source += '.';
    else if (rune !== '\\') source += literal(rune);
    // An escape that only kept `}` or `/` from ending the word.
    else if (following === '}' || following === '/') continue;
    else if (following !== undefined && '*?\\'.includes(following)) source += literal(runes[++at] ?? '');
    else throw new Error(`invalid pattern (${pattern}) in substitution`);
  }
  return new RegExp(source, `u${flags}`);
};

export const withoutPrefix = (pattern: string, value: string, isGreedy: boolean): string =>
  value.replace(new RegExp(`^(?:${shellPattern(pattern, isGreedy).source})`, 'u'), '');

/** Turned round, because a regular expression finds the leftmost match and not the shortest last one. */
export const withoutSuffix = (pattern: string, value: string, isGreedy: boolean): string =>
  reversed(withoutPrefix(reversedPattern(pattern), reversed(value), isGreedy));

const literal = (rune: string): string => rune.replace(/[\^$\\.*+?()[\]{}|/]/u, '\\$&');

const reversed = (text: string): string => [...text].reverse().join('');

const reversedPattern = (pattern: string): string => (pattern.match(/\\.|[^]/gu) ?? []).reverse().join('');
