import { counted } from './counted';

it.each([
  [0, '0 pins'],
  [1, '1 pin'],
  [2, '2 pins'],
])('says of %d what a person would write', (count, expected) => {
  expect(counted(count, 'pin')).toBe(expected);
});

it('takes the plural of a word that has one of its own', () => {
  expect(counted(2, 'index', 'indexes')).toBe('2 indexes');
});
