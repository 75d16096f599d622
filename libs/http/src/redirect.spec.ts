import { redirected } from './redirect';

const request = {
  method: 'GET',
  url: 'https://a.example.com/x/y',
  headers: { accept: '*/*', authorization: 's' },
} as const;
const answer = (location: string, status = 302) => ({ status, headers: { location }, body: Buffer.alloc(0) });

it.each([
  ['/z', 'https://a.example.com/z', true],
  ['z?q=1', 'https://a.example.com/x/z?q=1', true],
  ['https://b.example.com/z', 'https://b.example.com/z', false],
  ['https://a.example.com:8443/z', 'https://a.example.com:8443/z', false],
])('to %s: asks %s, with the account: %s', (location, url, keeps) => {
  const next = redirected(request, answer(location));
  expect(next).toEqual({ ...request, url, headers: { accept: '*/*', ...(keeps && { authorization: 's' }) } });
});

it.each([
  [request, answer('/z', 200)],
  [request, answer('/z', 304)],
  [{ ...request, method: 'POST' as const }, answer('/z', 307)],
])('follows nothing else', (asked, given) => {
  expect(redirected(asked, given)).toBeUndefined();
});

it.each(['http://a.example.com/z', 'file:///etc/passwd', 'https://'])('refuses %s', (location) => {
  expect(() => redirected(request, answer(location))).toThrow(/is not followed/);
});
