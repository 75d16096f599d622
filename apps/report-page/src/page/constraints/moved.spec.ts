import { moved } from './moved';

const grid = [
  ['a', undefined, 'c'],
  ['d', 'e', undefined],
];

it.each([
  ['a', 'ArrowRight', 'c'],
  ['a', 'ArrowDown', 'd'],
  ['a', 'ArrowLeft', undefined],
  ['c', 'ArrowDown', undefined],
  ['e', 'ArrowUp', undefined],
  ['e', 'Home', 'd'],
  ['d', 'End', 'e'],
  ['a', 'x', undefined],
])('from %s, %s leads to %s', (current, key, next) => {
  expect(moved(grid, current, key)).toBe(next);
});
