/** Lists that git prints with `-z`, one record after the other as they come: of any length, and never cut off unnoticed. */
import { brokenOff } from '../command/answer';

const end = 0;

/** What `parse` makes of each record, the zero byte behind it left out. @throws CiCacheError `CommandFailed` when the last one is torn. */
export const recordsOf = async <Value>(
  command: string,
  pieces: AsyncIterable<Buffer>,
  parse: (record: string) => Value,
): Promise<Value[]> => {
  const values: Value[] = [];
  let torn: Buffer[] = [];
  for await (const piece of pieces) {
    let from = 0;
    for (let at = piece.indexOf(end); at !== -1; at = piece.indexOf(end, from)) {
      // Only whole records are decoded: a character may be torn as well.
      values.push(parse(Buffer.concat([...torn, piece.subarray(from, at)]).toString('utf8')));
      torn = [];
      from = at + 1;
    }
    if (from < piece.length) torn.push(piece.subarray(from));
  }
  if (torn.length > 0) throw brokenOff(command);
  return values;
};
