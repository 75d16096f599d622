import { readerOf } from '../testing/reader';
import { contentOf, eachObject, textOf } from './objects';

const [a = '', b = '', c = ''] = ['a', 'b', 'c'].map((digit) => digit.repeat(40));
const binary = Buffer.from([0xff, 0x0a, 0x00]);
const batch = Buffer.concat([Buffer.from(`${a} blob 3\n`), binary, Buffer.from(`\n${b} blob 0\n\n${c} tree 2\nhi\n`)]);

const contents = async (answer: Buffer | string, pieceBytes?: number, oids = [a, b, c]): Promise<Buffer[]> => {
  const read: Buffer[] = [];
  await eachObject(readerOf(answer, pieceBytes), oids, async (object) => void read.push(await contentOf(object)));
  return read;
};

it.each([1, 2, 5, Infinity])('splits a batch of objects byte by byte, in pieces of %d bytes', async (pieceBytes) => {
  expect(await contents(batch, pieceBytes)).toEqual([binary, Buffer.alloc(0), Buffer.from('hi')]);
});

it('passes over what nobody reads', async () => {
  const seen: [string, number][] = [];
  await eachObject(readerOf(batch, 2), [a, b, c], async ({ oid, size, content }) => {
    seen.push([oid, size]);
    for await (const piece of content) if (piece.length > 0) break;
  });
  expect(seen).toEqual([
    [a, 3],
    [b, 0],
    [c, 2],
  ]);
});

it('hands on no more of a large object at once than git printed at once', async () => {
  const answer = Buffer.concat([Buffer.from(`${a} blob 100000\n`), Buffer.alloc(100_000), Buffer.from('\n')]);
  const lengths: number[] = [];
  await eachObject(readerOf(answer, 1000), [a], async ({ content }) => {
    for await (const piece of content) lengths.push(piece.length);
  });
  expect(Math.max(...lengths)).toBe(1000);
});

it('takes an answer that breaks off anywhere for an error', async () => {
  for (let length = 0; length < batch.length; length += 1)
    await expect(contents(batch.subarray(0, length))).rejects.toMatchObject({ code: 'CommandFailed' });
});

it.each([
  ['an object that is missing', `${a} missing\n`],
  ['another object', `${b} blob 0\n\n`],
  ['more than was asked for', `${a} blob 0\n\n${b} blob 0\n\n`],
  ['more bytes than its header says', `${a} blob 1\nxy\n`],
  ['a header of another form', `${a} blob x\n`],
  ['no header', 'fatal: something\n'],
])('names %s', async (_, answer) => {
  await expect(contents(answer, Infinity, [a])).rejects.toMatchObject({
    code: 'CommandFailed',
    message: expect.stringContaining('cat-file --batch'),
  });
});

it('hands git nothing but ids, each on its line', async () => {
  await expect(textOf(readerOf(''), `${a}\n${b}`)).rejects.toMatchObject({ code: 'OptionInvalid' });
});
