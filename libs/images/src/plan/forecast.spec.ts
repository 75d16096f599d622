import type { BuildNode } from '../builder/build-node';
import { buildForecast } from './forecast';
import type { StaleLeg } from './queue';

const node = (jobs: number): BuildNode => ({ name: 'n', machine: 'n', jobs, platforms: ['linux/amd64'] });
const leg = (name: string, seconds?: number, bases: readonly string[] = []): StaleLeg => ({
  ...{ name, platform: 'linux/amd64', bases },
  ...(seconds === undefined ? {} : { last: { seconds } }),
});

it.each<[string, Parameters<typeof buildForecast>[0], object]>([
  ['nothing to build', [], { untimed: [] }],
  [
    'one after another on a node',
    [{ node: node(1), legs: [leg('a', 30), leg('b', 20)] }],
    { seconds: 50, untimed: [] },
  ],
  [
    'nodes side by side: the longest counts',
    [
      { node: node(1), legs: [leg('a', 30)] },
      { node: node(1), legs: [leg('b', 50)] },
    ],
    { seconds: 50, untimed: [] },
  ],
  [
    'two at once on a node',
    [{ node: node(2), legs: [leg('a', 30), leg('b', 20), leg('c', 15)] }],
    { seconds: 35, untimed: [] },
  ],
  [
    'a leg waits for what it starts from',
    [{ node: node(2), legs: [leg('a', 30), leg('b', 20, ['a'])] }],
    { seconds: 50, untimed: [] },
  ],
  [
    'what was never timed is named, and the rest is a lower bound',
    [{ node: node(1), legs: [leg('a'), leg('b', 20)] }],
    { seconds: 20, untimed: ['a'] },
  ],
  ['nothing was ever timed', [{ node: node(1), legs: [leg('a')] }], { untimed: ['a'] }],
])('%s', (_what, queues, expected) => {
  expect(buildForecast(queues)).toEqual(expected);
});
