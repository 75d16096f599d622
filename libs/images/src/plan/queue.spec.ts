import type { BuildNode } from '../builder/build-node';
import { nodeQueues, queueWords, type StaleLeg } from './queue';

const node = (name: string, platforms: readonly string[], jobs = 1): BuildNode => ({
  ...{ name, platforms, jobs },
  machine: name,
});
const amd64 = node('amd64', ['linux/amd64']);
const arm64 = node('arm64', ['linux/arm64']);
const one = node('one', ['linux/amd64', 'linux/386', 'linux/arm64']);

/** `a:12` is a leg of amd64 that took 12 seconds, `A` one of arm64 that nobody timed, `A:9>linux/arm64` ran on that. */
const leg = (text: string): StaleLeg => {
  const [, name = '', seconds, ranOn] = /^(\w+)(?::([\d.]+))?(?:>(.+))?$/.exec(text) ?? [];
  const last = {
    ...(seconds === undefined ? {} : { seconds: Number(seconds) }),
    ...(ranOn === undefined ? {} : { ranOn }),
  };
  const platform = /^i/.test(name) ? 'linux/386' : /^[A-Z]/.test(name) ? 'linux/arm64' : 'linux/amd64';
  return { name, platform, last };
};

const order = (legs: string, nodes: readonly BuildNode[]) =>
  Object.fromEntries(
    nodeQueues(legs.split(' ').filter(Boolean).map(leg), nodes).map(({ node: { name }, legs: queued }) => [
      name,
      queued.map((each) => each.name).join(' '),
    ]),
  );

describe('nodeQueues', () => {
  it.each<[string, string, readonly BuildNode[], object]>([
    ['nothing to build', '', [amd64, arm64], {}],
    ['a node with nothing to build', 'a b', [amd64, arm64], { amd64: 'a b' }],
    ['nothing known', 'a A b B', [amd64, arm64], { amd64: 'a b', arm64: 'A B' }],
    ['the longest first', 'a:1 A:7 b:3 B:9 c:2', [amd64, arm64], { amd64: 'b c a', arm64: 'B A' }],
    ['equal ones in their order', 'b:3 a:3 c:3', [amd64], { amd64: 'b a c' }],
    ['what was never timed before all that was', 'a:900 b c:901 d', [amd64], { amd64: 'b d c a' }],
    ['emulated ones first when nothing is known', 'a i A b B', [one], { one: 'A B a i b' }],
    ['emulation that a build disproved', 'a A:9>linux/arm64 B', [one], { one: 'a B A' }],
    ['emulation that a build proved', 'a A:9>linux/amd64 B b:30', [one], { one: 'B a b A' }],
    ['what takes longer before what is emulated', 'A:9>linux/amd64 a:10', [one], { one: 'a A' }],
  ])('orders %s', (_case, legs, nodes, queues) => expect(order(legs, nodes)).toEqual(queues));

  it.each([
    ['nothing known', 'user base other', 'base user other'],
    ['its base known to be short', 'user:9 base:1 other:9.5', 'base other user'],
    ['a chain of no time at all', 'user:0 base:0 other:0', 'base user other'],
    ['what is longer than both together', 'other:20 user:9 base:1', 'other base user'],
  ])('puts a base before what starts from it with %s', (_case, legs, order) => {
    const bases = (name: string) => (name === 'user' ? ['base', 'of-another-run'] : []);
    const queued = legs.split(' ').map((text) => ({ ...leg(text), bases: bases(leg(text).name) }));
    const [queue] = nodeQueues(queued, [amd64]);
    expect(queue?.legs.map(({ name }) => name).join(' ')).toBe(order);
  });

  it('hands each leg to the one node of its platform, and loses none', () => {
    const legs = Array.from({ length: 40 }, (_, at) => leg(`${at % 3 === 0 ? 'A' : 'a'}${at}:${(at * 7) % 11}`));
    const queues = nodeQueues(legs, [amd64, arm64]);
    expect(queues.flatMap(({ legs: queued }) => queued)).toHaveLength(40);
    for (const {
      node: { platforms },
      legs: queued,
    } of queues) {
      expect(queued.every(({ platform }) => platforms.includes(platform))).toBe(true);
      const seconds = queued.map(({ last }) => last?.seconds ?? 0);
      expect(seconds).toEqual([...seconds].sort((left, right) => right - left));
    }
  });
});

it('says what a leg comes after', () => {
  const legs = [{ ...leg('user:3'), bases: ['base'] }, leg('base:1')];
  expect(queueWords(nodeQueues(legs, [amd64]))).toBe(
    'node amd64: base (1 s last time), user (3 s last time, after base)',
  );
});

it('says what each place goes by', () => {
  const legs = ['a:4.5', 'b', 'A', 'B:3>linux/amd64'].map(leg);
  expect(queueWords(nodeQueues(legs, [amd64, { ...arm64, jobs: 2 }]))).toBe(
    'node amd64: b (never timed), a (4.5 s last time); ' +
      'node arm64, 2 at once: A (never timed, emulated), B (3 s last time, emulated)',
  );
});
