/** A reader whose git prints what a test says, cut into pieces of any size. */
import type { Reader } from '../checkout/checkout';

export const readerOf = (answer: string | Buffer, pieceBytes = Infinity, text = ''): Reader => ({
  text: async () => text,
  stream: (_args, consume) => consume(cut(Buffer.from(answer), pieceBytes)),
});

async function* cut(bytes: Buffer, pieceBytes: number): AsyncGenerator<Buffer, void, undefined> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}
