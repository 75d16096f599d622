import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { readLayer } from './read-layer';

const said = (minor: number) => `GNU C Library (GNU libc) stable release version 2.${minor}.\n`;

/** @param files content, or where a link leads, by name. */
const tarOf = async (files: Readonly<Record<string, string | Buffer | { readonly to: string }>>) =>
  Buffer.from(
    await packTar(
      Object.entries(files).map(([name, what]) =>
        typeof what === 'string' || Buffer.isBuffer(what)
          ? { header: { name, size: what.length }, body: what }
          : { header: { name, size: 0, type: 'symlink' as const, linkname: what.to } },
      ),
    ),
  );

let given: number;
const inParts = async function* (bytes: Buffer, size = 512): AsyncIterable<Buffer> {
  given = 0;
  for (let at = 0; at < bytes.length; at += size) {
    given += 1;
    yield bytes.subarray(at, at + size);
  }
};

const library = { 'etc/os-release': 'ID=test\n', 'lib64/libc.so.6': said(36) };
const glibc = (minor: number) => ({ library: 'glibc', minor });
/** `lib/libc.so.6` of glibc 2.34, as the zstd tool packs it. */
const zstd =
  'KLUv/WQAJ60DALLFExiAbQ5g21CWPqJ+BE2UPKfQH5kPtzHVOgUHFCsUkc4Dm1fKbbdxOTc+B3UKQU7s+EElkWSW5KpnB3X0a944irX0+tZU9Yw1fVNPq2Z4MAYNADAuL78EwYDMtUhALdgglkA6D2Zyt3IRAIMCgI07bcAlAgPf9QA=';

describe('a layer', () => {
  it.each([
    ['plain', (tar: Buffer) => tar],
    ['packed by gzip', (tar: Buffer) => gzipSync(tar)],
  ])('%s tells of its library', async (_how, pack) => {
    expect(await readLayer(inParts(pack(await tarOf(library))))).toEqual(glibc(36));
  });

  it('packed by zstd, too', async () => {
    expect(await readLayer(inParts(Buffer.from(zstd, 'base64')))).toEqual(glibc(34));
  });

  it('is read no further than to the library', async () => {
    const tar = await tarOf({ ...library, 'usr/large': randomBytes(8 * 1024 * 1024) });
    await readLayer(inParts(tar));
    expect(given).toBeLessThan(tar.length / 512 / 4);
  });

  it.each([
    ['a link to it', { 'lib/x86_64-linux-gnu/libc.so.6': { to: 'libc-2.31.so' } }, glibc(31)],
    ['musl beside it, as Debian has it', { 'lib/ld-musl-x86_64.so.1': { to: 'x' }, ...library }, glibc(36)],
    ['musl alone', { 'lib/ld-musl-x86_64.so.1': 'musl', 'lib/libc.so.6': 'another library' }, { library: 'musl' }],
    ['none', { 'usr/local/bin/python3': 'python' }, { library: 'none' }],
    ['nothing', {}, { library: 'none' }],
  ])('with %s', async (_what, files, found) => {
    expect(await readLayer(inParts(gzipSync(await tarOf(files))))).toEqual(found);
  });

  it.each([
    ['is cut', gzipSync(randomBytes(4096)).subarray(0, 2048)],
    ['is none', Buffer.from('<html>no layer at all</html>'.repeat(100))],
  ])('that %s is an error', async (_what, bytes) => {
    await expect(readLayer(inParts(bytes))).rejects.toThrow();
  });
});
