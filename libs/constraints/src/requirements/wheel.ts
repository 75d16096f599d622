/** Wheels of members not yet released: read for their metadata, and made again from it as all a resolution needs. */
import { normaliseName } from '@nx-ci-cache/config';
import type { WheelFact } from '@nx-ci-cache/records';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** The metadata of a wheel, undefined when the bytes are none. */
export const wheelMetadata = (bytes: Uint8Array): string | undefined => {
  try {
    const files = unzipSync(bytes, { filter: ({ name }) => /^[^/]+\.dist-info\/METADATA$/.test(name) });
    const [metadata] = Object.values(files);
    return metadata && strFromU8(metadata);
  } catch {
    return undefined;
  }
};

/** The package a wheel's file name names. */
export const wheelName = ({ file }: Pick<WheelFact, 'file'>): string => normaliseName(file.split('-', 1)[0] ?? '');

/** A wheel of that name and metadata with nothing in it, the same bytes on every machine. */
export const stubWheel = ({ file, metadata }: WheelFact): Uint8Array => {
  const info = `${file.split('-').slice(0, 2).join('-')}.dist-info`;
  const files = {
    [`${info}/METADATA`]: strToU8(metadata),
    [`${info}/WHEEL`]: strToU8('Wheel-Version: 1.0\nGenerator: nx-ci-cache\nRoot-Is-Purelib: true\n'),
    [`${info}/RECORD`]: strToU8(''),
  };
  return zipSync(files, { level: 0, mtime: '1980-01-02' });
};
