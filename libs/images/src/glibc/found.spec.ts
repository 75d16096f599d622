import { foundByName, foundInContent } from './found';

const glibc = (minor: number) => ({ library: 'glibc', minor });

it.each([
  ['./usr/lib/x86_64-linux-gnu/libc.so.6', undefined, 'content'],
  ['lib/aarch64-linux-gnu/libc.so.6', undefined, 'content'],
  ['usr/lib/arm-linux-gnueabihf/libc.so.6', undefined, 'content'],
  ['/usr/lib64/libc.so.6', undefined, 'content'],
  ['lib/x86_64-linux-gnu/libc.so.6', 'libc-2.31.so', glibc(31)],
  ['usr/lib64/libc.so.6', '../../lib64/libc-2.28.so', glibc(28)],
  ['lib64/libc-2.28.so', undefined, glibc(28)],
  ['lib/x86_64-linux-gnu/libc.so.6', 'libc.so.5', undefined],
  ['opt/other/lib/libc.so.6', undefined, undefined],
  ['usr/lib/x86_64-linux-gnu/libc.so', undefined, undefined],
  ['lib/ld-musl-x86_64.so.1', undefined, { library: 'musl' }],
  ['lib/libc.musl-aarch64.so.1', 'ld-musl-aarch64.so.1', { library: 'musl' }],
])('%s, a link to %s: %j', (name, linkname, found) => {
  expect(foundByName({ name, ...(linkname !== undefined && { linkname }) })).toEqual(found);
});

it.each([
  ['GNU C Library (Debian GLIBC 2.36-9+deb12u13) stable release version 2.36.\n', 36],
  ['GNU C Library (Ubuntu GLIBC 2.35-0ubuntu3.8) stable release version 2.35.\n', 35],
  ['\0\0GNU C Library (GNU libc) stable release version 2.34.\nCopyright', 34],
  ['GNU C Library (GNU libc) development release version 2.40.9000.\n', 40],
])('%j says its version', (text, minor) => {
  expect(foundInContent(Buffer.from(text))).toEqual(glibc(minor));
});

it.each(['', 'another library, release version 2.36.', 'GNU C Library\nrelease version 2.36'])(
  '%j says none',
  (text) => {
    expect(foundInContent(Buffer.from(text))).toBeUndefined();
  },
);
