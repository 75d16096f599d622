/** Looks for the C library in a layer, and reads no further than to it. */
import { Readable } from 'node:stream';
import { createTarDecoder } from 'modern-tar';
import { foundByName, foundInContent, type Found } from './found';
import { unpacked, type Bytes } from './unpacked';

/** The library has two million bytes or so. */
const mostBytes = 64 * 1024 * 1024;

/** @throws Error for bytes that are no layer. */
export const readLayer = async (parts: Bytes): Promise<Found> => {
  const entries = Readable.toWeb(Readable.from(unpacked(parts))).pipeThrough(createTarDecoder({ strict: true }));
  let musl: Found | undefined;
  for await (const { header, body } of entries) {
    const { name, linkname = '', size } = header;
    const found = foundByName({ name, linkname });
    if (found !== 'content' || size > mostBytes) await body.cancel();
    // Debian has musl beside its own library.
    if (found === undefined) continue;
    if (found !== 'content') {
      if (found.library === 'glibc') return found;
      musl = found;
    } else if (size <= mostBytes) {
      const said = foundInContent(Buffer.from(await new Response(body).arrayBuffer()));
      if (said !== undefined) return said;
    }
  }
  return musl ?? { library: 'none' };
};
