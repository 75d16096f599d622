/**
 * A program of a few instructions, for a base image that has none: it asks the kernel about the file system it stands on and
 * prints the answer as it is, a `struct statfs`. That it runs at all shows that its node runs programs of that platform.
 */

interface Machine {
  /** `e_machine` of an ELF file. */
  readonly elf: number;
  /** Makes room on the stack; statfs("/", room); write(1, room, 120); exit(0). */
  readonly code: string;
}

/** Architectures whose `struct statfs` has 64-bit fields in little-endian order; others have no such program. */
const machines: Readonly<Record<string, Machine>> = {
  amd64: {
    elf: 62,
    code: [
      ...['4881ec80000000', '488d3d24000000', '4889e6', 'b889000000', '0f05'],
      ...['bf01000000', 'ba78000000', 'b801000000', '0f05', '31ff', 'b83c000000', '0f05'],
    ].join(''),
  },
  arm64: {
    elf: 183,
    code: [
      ...['ff0302d1', '60010010', 'e1030091', '680580d2', '010000d4'],
      ...['200080d2', '020f80d2', '080880d2', '010000d4', '000080d2', 'a80b80d2', '010000d4'],
    ].join(''),
  },
};

const address = 0x40_0000;
const headers = 64 + 56;

/** The ELF file, or undefined where there is none for `platform`. */
export const probeProgram = (platform: string): Buffer | undefined => {
  const machine = machines[platform.split('/')[1] ?? ''];
  if (machine === undefined) return undefined;
  const body = Buffer.concat([Buffer.from(machine.code, 'hex'), Buffer.from('/\0')]);
  const head = Buffer.alloc(headers);
  head.write('7f454c46020101', 'hex');
  [2, machine.elf, 1].forEach((value, at) => head.writeUInt16LE(value, 16 + 2 * at));
  [address + headers, 64].forEach((value, at) => head.writeBigUInt64LE(BigInt(value), 24 + 8 * at));
  [64, 56, 1].forEach((value, at) => head.writeUInt16LE(value, 52 + 2 * at));
  // One segment that is the whole file, to be read and executed.
  [1, 5].forEach((value, at) => head.writeUInt32LE(value, 64 + 4 * at));
  const size = headers + body.length;
  [0, address, address, size, size, 0x1000].forEach((value, at) => head.writeBigUInt64LE(BigInt(value), 72 + 8 * at));
  return Buffer.concat([head, body]);
};

/** Bytes that are free for everybody; undefined for an answer that is none. */
export const freeBytesOf = (printed: Buffer): number | undefined =>
  printed.length < 40 ? undefined : Number(printed.readBigInt64LE(8) * printed.readBigInt64LE(32));
