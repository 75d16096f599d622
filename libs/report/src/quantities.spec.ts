import { ageWords, bytesWords, durationWords } from './quantities';

it.each([
  [0, '0 s'],
  [119.9, '119 s'],
  [120, '2 min'],
  [7199, '119 min'],
  [7200, '2 h'],
  [47 * 3600, '47 h'],
  [3 * 86400, '3 d'],
])('%d seconds are %s', (seconds, words) => expect(durationWords(seconds)).toBe(words));

it.each([
  [36, '36 B'],
  [15_400, '15 kB'],
  [480_600_000, '481 MB'],
  [2_540_000_000, '2.5 GB'],
])('%d bytes are %s', (bytes, words) => expect(bytesWords(bytes)).toBe(words));

it('has no age where nobody says since when, and none before its time', () => {
  const now = '2026-05-02T00:00:00Z';
  expect([undefined, '2026-05-01T00:00:00Z', '2026-05-03T00:00:00Z'].map((then) => ageWords(then, now))).toEqual([
    ...['', '24 h', '0 s'],
  ]);
});
