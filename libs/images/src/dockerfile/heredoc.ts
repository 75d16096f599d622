/** Heredocs: what follows such a line is text and no instruction, up to the line that is its word and nothing else. */
import { expand } from './expand';

export interface Heredoc {
  readonly word: string;
  /** `<<-`: tabs before the closing word do not count. */
  readonly stripsTabs: boolean;
}

const opening = /^\d*<<(-?)\s*([^<]*)$/u;

/** Of an instruction's whole line, in their order. */
export const heredocsOf = (line: string): readonly Heredoc[] =>
  wordsOf(line, true).flatMap((text) => {
    const [, dash, quoted = ''] = opening.exec(text) ?? [];
    const [word, ...more] = wordsOf(quoted, false);
    return word === undefined || more.length > 0 ? [] : [{ word, stripsTabs: dash === '-' }];
  });

export const isEndOf = ({ word, stripsTabs }: Heredoc, line: string): boolean =>
  (stripsTabs ? line.replace(/^\t+/, '') : line) === word;

/** BuildKit takes a line it cannot split for one without heredocs. */
const wordsOf = (text: string, isRaw: boolean): readonly string[] => {
  try {
    return expand(text, { valueOf: () => undefined, keepsUnset: true, isRaw }).words;
  } catch {
    return [];
  }
};
