import { retryAfter } from './retry-after';

it.each([
  [undefined, undefined],
  ['2', 2_000],
  ['0', 0],
  ['3600', undefined],
  ['Thu, 01 Jan 1970 00:00:30 GMT', 20_000],
  ['Thu, 01 Jan 1970 00:00:01 GMT', 0],
  ['soon', undefined],
])('waits as Retry-After %s asks', (header, wait) => {
  expect(retryAfter(header, 10_000)).toBe(wait);
});
