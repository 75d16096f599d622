import { parseChallenge } from './authorize';
import { retryAfter } from './failure';

it.each([
  ['Basic realm="r"', { scheme: 'basic', parameters: { realm: 'r' } }],
  [
    'Bearer realm="https://auth.example.com/token",service="registry",scope="repository:a/b:pull"',
    {
      scheme: 'bearer',
      parameters: { realm: 'https://auth.example.com/token', service: 'registry', scope: 'repository:a/b:pull' },
    },
  ],
  ['bearer realm="x", error="invalid_token"', { scheme: 'bearer', parameters: { realm: 'x', error: 'invalid_token' } }],
  ['Negotiate', undefined],
  [null, undefined],
])('reads the challenge %s', (header, challenge) => {
  expect(parseChallenge(header)).toEqual(challenge);
});

it.each([
  [null, undefined],
  ['2', 2_000],
  ['0', 0],
  ['3600', undefined],
  ['Thu, 01 Jan 1970 00:00:30 GMT', 20_000],
  ['Thu, 01 Jan 1970 00:00:01 GMT', 0],
  ['soon', undefined],
])('waits as Retry-After %s asks', (header, wait) => {
  expect(retryAfter(header, 10_000)).toBe(wait);
});
