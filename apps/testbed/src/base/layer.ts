/** Turns a root's tar into an image layer, with the two digests an image names it by. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

export interface Layer {
  /** Of the compressed bytes: the blob's name in the registry. */
  readonly digest: string;
  /** Of the tar: how the image's configuration names it. */
  readonly diffId: string;
  readonly size: number;
}

export const compressLayer = async (tar: string, blob: string): Promise<Layer> => {
  const plain = meter();
  const packed = meter();
  await pipeline(createReadStream(tar), plain.stream, createGzip({ level: 4 }), packed.stream, createWriteStream(blob));
  return { digest: packed.digest(), diffId: plain.digest(), size: packed.size() };
};

/** Passes bytes through, counting and hashing them. */
const meter = () => {
  const hash = createHash('sha256');
  let size = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  return { stream, digest: () => `sha256:${hash.digest('hex')}`, size: () => size };
};
