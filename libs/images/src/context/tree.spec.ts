import { parseBatch } from './blobs';
import { digestName } from './stage';
import { parseTree } from './tree';

it('reads a tree listing, odd names included', () => {
  const listing =
    '100644 blob aa\ta b\0' + '100664 blob bb\tc\td\n\0' + '120000 blob cc\té\0' + '160000 commit dd\tsub\0';
  expect(parseTree(listing)).toEqual([
    { mode: '100644', objectId: 'aa', path: 'a b' },
    { mode: '100644', objectId: 'bb', path: 'c\td\n' },
    { mode: '120000', objectId: 'cc', path: 'é' },
    { mode: '160000', objectId: 'dd', path: 'sub' },
  ]);
  expect(parseTree('')).toEqual([]);
});

it('splits a batch of blobs byte by byte', () => {
  const binary = Buffer.from([0xff, 0x0a, 0x00]);
  const output = Buffer.concat([Buffer.from('aa blob 3\n'), binary, Buffer.from('\nbb blob 0\n\n')]);
  expect(parseBatch(output)).toEqual([binary, Buffer.alloc(0)]);
  expect(() => parseBatch(Buffer.from('cc missing\n'))).toThrow('cc missing');
});

it('puts the digest into the folder name', () => {
  expect(digestName('context', 'sha256:ab')).toBe('context-ab');
});
