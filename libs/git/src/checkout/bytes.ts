/** Takes bytes from a stream by the line or by the number, holding no more of it than one piece. */

export interface Bytes {
  /** Without its line feed; undefined at the end of the stream, and for a last line that has none. */
  readonly line: () => Promise<string | undefined>;
  /** At least one byte and at most `limit`, whatever is at hand; undefined at the end of the stream. */
  readonly upTo: (limit: number) => Promise<Buffer | undefined>;
}

const lineFeed = 0x0a;

export const bytesOf = (stream: AsyncIterable<Buffer>): Bytes => {
  const pieces = stream[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  const fill = async (): Promise<boolean> => {
    while (held.length === 0) {
      const { done, value } = await pieces.next();
      if (done) return false;
      held = value;
    }
    return true;
  };
  const take = (count: number): Buffer => {
    const taken = held.subarray(0, count);
    held = held.subarray(count);
    return taken;
  };
  return {
    line: async () => {
      const read: Buffer[] = [];
      while (await fill()) {
        const at = held.indexOf(lineFeed);
        read.push(take(at === -1 ? held.length : at));
        if (at === -1) continue;
        take(1);
        return Buffer.concat(read).toString('utf8');
      }
      return undefined;
    },
    upTo: async (limit) => ((await fill()) ? take(limit) : undefined),
  };
};
