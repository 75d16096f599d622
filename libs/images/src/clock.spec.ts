import { aheadMs } from './clock';

it.each([
  ['within ours', 12, 18, 0],
  ['the same', 10, 20, 0],
  ['overlapping the end', 18, 25, 0],
  ['overlapping the start', 5, 11, 0],
  ['ahead', 30, 31, 10],
  ['behind', 1, 4, -6],
])('%s: %i to %i against 10 to 20 is %i ahead', (_name, from, to, ahead) => {
  expect(aheadMs({ from: 10, to: 20 }, { from, to })).toBe(ahead);
});
