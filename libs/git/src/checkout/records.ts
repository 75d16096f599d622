/** Lists that git prints with `-z`, one record after the other as they come: of any length, and never cut off unnoticed. */
import { brokenOff } from '../command/answer';

const end = 0;

/** Each record without the zero byte behind it. @throws CiCacheError `CommandFailed` when the last one is torn. */
export async function* recordsOf(
  command: string,
  pieces: AsyncIterable<Buffer>,
): AsyncGenerator<string, void, undefined> {
  let torn: Buffer[] = [];
  for await (const piece of pieces) {
    let from = 0;
    for (let at = piece.indexOf(end); at !== -1; at = piece.indexOf(end, from)) {
      // Only whole records are decoded: a character may be torn as well.
      yield Buffer.concat([...torn, piece.subarray(from, at)]).toString('utf8');
      torn = [];
      from = at + 1;
    }
    if (from < piece.length) torn.push(piece.subarray(from));
  }
  if (torn.length > 0) throw brokenOff(command);
}

/** All of them at once, where they are known to be few. */
export const allOf = async <Value>(values: AsyncIterable<Value>): Promise<Value[]> => {
  const all: Value[] = [];
  for await (const value of values) all.push(value);
  return all;
};
