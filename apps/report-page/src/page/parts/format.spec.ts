import { bytesText, secondsText } from './format';

it.each([
  [undefined, ''],
  [59.94, '59.9 s'],
  [61.6, '1 min 2 s'],
  [3599.9, '60 min 0 s'],
])('%s seconds are %s', (seconds, text) => {
  expect(secondsText(seconds)).toBe(text);
});

it.each([
  [undefined, ''],
  [0, '0 B'],
  [1023, '1023 B'],
  [1024 * 1024, '1.0 MiB'],
  [1536, '1.5 KiB'],
])('%s bytes are %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});
