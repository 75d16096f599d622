import { readerOf } from '../testing/reader';
import { treeOf } from './tree';

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((digit) => digit.repeat(40));
const listing =
  `100644 blob ${a}\ta b\0` + `100664 blob ${b}\tc\td\n\0` + `120000 blob ${c}\té\0` + `160000 commit ${d}\tsub\0`;
const entries = [
  { mode: '100644', type: 'blob', oid: a, path: 'a b' },
  { mode: '100644', type: 'blob', oid: b, path: 'c\td\n' },
  { mode: '120000', type: 'blob', oid: c, path: 'é' },
  { mode: '160000', type: 'commit', oid: d, path: 'sub' },
];

it.each([1, 2, 7, Infinity])('reads a tree listing, odd names included, in pieces of %d bytes', async (bytes) => {
  expect(await treeOf(readerOf(listing, bytes), 'HEAD')).toEqual(entries);
});

it('takes a list that breaks off within a record for no list', async () => {
  for (let length = 1; length < listing.length; length += 1) {
    if (listing[length - 1] === '\0') continue;
    await expect(treeOf(readerOf(listing.slice(0, length)), 'HEAD')).rejects.toThrow('did not print the whole');
  }
});

it.each([
  ['4b825dc642cb6eb9a060e54bf8d69288fbee4904', []],
  ['6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321', []],
])('takes nothing for an empty tree where the tree is %s', async (oid, none) => {
  expect(await treeOf(readerOf('', 1, `${oid}\n`), 'HEAD')).toEqual(none);
});

it.each([a, ''])('takes nothing for an answer that was lost where the tree is %j', async (oid) => {
  await expect(treeOf(readerOf('', 1, `${oid}\n`), 'HEAD')).rejects.toMatchObject({ code: 'CommandFailed' });
});

it.each(['100644 blob aa\tx', `100644 file ${a}\tx`, `644 blob ${a}\tx`, `100644 blob ${a} x`, `100644 blob ${a}\t`])(
  'names the record %j, which it does not understand',
  async (record) => {
    const failure = treeOf(readerOf(`${listing}${record}\0`), 'HEAD');
    await expect(failure).rejects.toThrow(JSON.stringify(record).slice(1, -1));
  },
);
