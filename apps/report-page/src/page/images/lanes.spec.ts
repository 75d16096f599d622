import { lanesOf } from './lanes';

const bar = (lane: string, start: number, seconds: number) => ({ step: `${lane}${start}`, lane, start, seconds });

it('puts what overlaps into rows of one lane', () => {
  const lanes = lanesOf([bar('a', 0, 5), bar('a', 3, 5), bar('b', 0, 1), bar('a', 5, 1)]);
  const names = lanes.map(({ name, rows }) => [name, rows.map((row) => row.map(({ step }) => step))]);
  expect(names).toEqual([
    ['a', [['a0', 'a5'], ['a3']]],
    ['b', [['b0']]],
  ]);
});
