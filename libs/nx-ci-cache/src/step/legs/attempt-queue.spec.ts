import { attemptQueue } from './attempt-queue';

/** `user<base`: a leg and what it starts from. */
const queueOf = (text: string) =>
  text.split(' ').map((each) => {
    const [name = '', ...bases] = each.split('<');
    return { name, bases, platform: 'linux/amd64' };
  });

/** What begins and ends, in its order, where builds end in the order of `ends`. */
const run = async (queue: string, atOnce: number, ends: string, fails = ''): Promise<string> => {
  const log: string[] = [];
  const endings = new Map<string, () => void>();
  const left = ends.split(' ');
  const endNext = () => {
    const end = endings.get(left[0] ?? '');
    if (end === undefined) return;
    left.shift();
    end();
  };
  const { done, errors } = await attemptQueue(queueOf(queue), atOnce, async ({ name }) => {
    log.push(`+${name}`);
    const ended = new Promise<void>((resolve) => endings.set(name, resolve));
    // Once everything that can begin has begun.
    setImmediate(endNext);
    await ended;
    log.push(`-${name}`);
    setImmediate(endNext);
    if (name === fails) throw new Error(name);
  });
  expect(done.length + errors.length).toBe(queueOf(queue).length);
  expect(errors.map(String)).toEqual(fails === '' ? [] : [`Error: ${fails}`]);
  return log.join(' ');
};

it.each([
  ['one at a time, in order', 'a b c', 1, 'a b c', '+a -a +b -b +c -c'],
  ['a base first, wherever it stands', 'u<b b c', 1, 'b u c', '+b -b +u -u +c -c'],
  ['another one beside the base', 'b u<b c', 2, 'c b u', '+b +c -c -b +u -u'],
  ['the user beside another, as soon as its base is there', 'b u<b c', 2, 'b c u', '+b +c -b +u -c -u'],
  ['a chain beside nothing else', 'a<b b<c c', 3, 'c b a', '+c -c +b -b +a -a'],
  ['two users of one base side by side', 'b u<b v<b', 2, 'b v u', '+b -b +u +v -v -u'],
  ['a user of two bases after both', 'u<a<b a b', 3, 'a b u', '+a +b -a -b +u -u'],
  ['a base of another run as if there were none', 'u<elsewhere b', 1, 'u b', '+u -u +b -b'],
])('builds %s', async (_case, queue, atOnce, ends, log) => expect(await run(queue, atOnce, ends)).toBe(log));

it('gives a leg its turn after its base has failed, and keeps nobody else back', async () => {
  expect(await run('b u<b c', 1, 'b u c', 'b')).toBe('+b -b +u -u +c -c');
});
