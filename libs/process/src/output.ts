/** What a child prints, read as it comes and without holding more of it than is wanted. */
import { StringDecoder } from 'node:string_decoder';

/** Characters of a line; what is longer is handed on in pieces. */
const longestLine = 16 * 1024 * 1024;

/** All of it. @throws what `excess` makes when there is more than `most` bytes. */
export const collect = async (output: AsyncIterable<Buffer>, most: number, excess: () => Error): Promise<Buffer> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of output) {
    size += part.length;
    if (size > most) throw excess();
    parts.push(part);
  }
  return Buffer.concat(parts, size);
};

/** Calls `onLine` with each line, its end and a carriage return before it left out. Linear, however the parts fall. */
export const eachLine = async (output: AsyncIterable<Buffer>, onLine: (line: string) => void): Promise<void> => {
  const decoder = new StringDecoder('utf8');
  let begun = '';
  const take = (text: string) => {
    let from = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
      const line = begun + text.slice(from, end);
      onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
      begun = '';
      from = end + 1;
    }
    begun += text.slice(from);
    if (begun.length < longestLine) return;
    onLine(begun);
    begun = '';
  };
  for await (const part of output) take(decoder.write(part));
  take(decoder.end());
  if (begun !== '') onLine(begun);
};

export interface Tail {
  readonly add: (part: string) => void;
  readonly text: () => string;
}

/** The end of a text that comes in parts: at least its last `characters`, and never twice as many and a part more. */
export const keepTail = (characters: number): Tail => {
  let before = '';
  let current = '';
  return {
    add: (part) => {
      current += part;
      if (current.length < characters) return;
      before = current.slice(-characters);
      current = '';
    },
    text: () => before + current,
  };
};

/** @param count how many of the last lines; an end of line at the end starts no line. */
export const lastLines = (text: string, count: number): string => text.trimEnd().split('\n').slice(-count).join('\n');
