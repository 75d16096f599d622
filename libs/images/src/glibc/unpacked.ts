/** A layer's bytes as the tar they hold, whichever way it is compressed, and no more of them than an image has. */
import { Readable, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Decompress } from 'fzstd';

/** Unpacked, of one layer: what is larger was made to be. */
const mostBytes = 16 * 1024 ** 3;

export type Bytes = AsyncIterable<Uint8Array>;

/** Told by its first bytes: a media type may be wrong, and an older registry knows one for all. */
export const unpacked = async function* (parts: Bytes): Bytes {
  const source = parts[Symbol.asyncIterator]();
  const first = await source.next();
  if (first.done === true) return;
  const all = rejoined(first.value, source);
  let size = 0;
  for await (const part of way(first.value)(all)) {
    size += part.length;
    if (size > mostBytes) throw new Error(`it unpacks to more than ${mostBytes} bytes`);
    yield part;
  }
};

const rejoined = async function* (first: Uint8Array, rest: AsyncIterator<Uint8Array>): Bytes {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
};

const way = (first: Uint8Array): ((parts: Bytes) => Bytes) => {
  const magic = Buffer.from(first.subarray(0, 4)).toString('hex');
  if (magic.startsWith('1f8b')) return gunzipped;
  return magic === '28b52ffd' ? unzstd : (parts) => parts;
};

const gunzipped = (parts: Bytes): Bytes => {
  const gunzip = createGunzip();
  // A pipe alone would not hear of a source that failed.
  pipeline(Readable.from(parts), gunzip, () => undefined);
  return gunzip;
};

/** Node 20 knows no zstd. */
const unzstd = async function* (parts: Bytes): Bytes {
  let ready: Uint8Array[] = [];
  let size = 0;
  const zstd = new Decompress((part) => {
    size += part.length;
    if (size > mostBytes) throw new Error(`it unpacks to more than ${mostBytes} bytes`);
    ready.push(part.slice());
  });
  for await (const part of parts) {
    for (let at = 0; at < part.length; at += step) {
      zstd.push(part.subarray(at, at + step));
      yield* ready;
      ready = [];
    }
  }
};

/** So that little unpacked waits at a time. */
const step = 16 * 1024;
