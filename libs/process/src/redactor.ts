/** One compiled search for many texts, in time linear in what is searched. */

export type Redactor = (text: string) => string;

/** Characters of each text that the expression holds: with whole keys and certificates it would be too large. */
const longestHead = 8;

/** Replaces each of `texts`, and what several that overlap cover, by `***`. */
export const redactorFor = (texts: readonly string[]): Redactor => {
  // The longest first: a shorter one within it would leave the rest.
  const wanted = [...new Set(texts)].filter((text) => text !== '').sort((one, other) => other.length - one.length);
  if (wanted.length === 0) return (text) => text;
  const headLength = Math.min(longestHead, ...wanted.map(({ length }) => length));
  const byHead = new Map<string, string[]>();
  for (const text of wanted) {
    const head = text.slice(0, headLength);
    byHead.set(head, [...(byHead.get(head) ?? []), text]);
  }
  const heads = new RegExp([...byHead.keys()].map(escaped).join('|'), 'g');
  return (text) => {
    let clean = '';
    /** Where the last one that was found ends. */
    let end = 0;
    heads.lastIndex = 0;
    for (let hit = heads.exec(text); hit !== null; hit = heads.exec(text)) {
      const { index } = hit;
      // One that begins within another may end after it.
      heads.lastIndex = index + 1;
      const found = byHead.get(hit[0])?.find((candidate) => text.startsWith(candidate, index));
      if (found === undefined) continue;
      if (index >= end) clean += `${text.slice(end, index)}***`;
      end = Math.max(end, index + found.length);
    }
    return clean + text.slice(end);
  };
};

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
