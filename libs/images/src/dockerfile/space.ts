/** White space as Go's `unicode.IsSpace` knows it, which is neither JavaScript's `\s` nor ASCII's. */
const space = '\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

const leading = new RegExp(`^[${space}]+`, 'u');
const trailing = new RegExp(`[${space}]+$`, 'u');
const single = new RegExp(`^[${space}]$`, 'u');

export const isSpace = (character: string): boolean => single.test(character);
export const trimStart = (text: string): string => text.replace(leading, '');
export const trimSpace = (text: string): string => trimStart(text).replace(trailing, '');
