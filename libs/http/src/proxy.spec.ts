import { proxyAuthorization, proxyFor } from './proxy';

const proxy = 'http://proxy.example.com:3128';
const through = (url: string, environment: NodeJS.ProcessEnv) => proxyFor(new URL(url), environment)?.href;

it.each([
  ['https://a.example.com/x', { HTTPS_PROXY: proxy }, `${proxy}/`],
  ['https://a.example.com/x', { https_proxy: proxy, HTTPS_PROXY: '' }, `${proxy}/`],
  ['https://a.example.com/x', { https_proxy: 'http://other', HTTPS_PROXY: proxy }, `${proxy}/`],
  ['https://a.example.com/x', { HTTP_PROXY: proxy }, undefined],
  ['http://a.example.com/x', { http_proxy: 'proxy.example.com:3128' }, `${proxy}/`],
  ['http://a.example.com/x', {}, undefined],
  ['http://localhost:5000/', { HTTP_PROXY: proxy }, undefined],
  ['http://127.9.0.1:5000/', { HTTP_PROXY: proxy }, undefined],
  ['http://[::1]:5000/', { HTTP_PROXY: proxy }, undefined],
  ['http://127.0.0.1.example.com/', { HTTP_PROXY: proxy }, `${proxy}/`],
])('%s with %j goes through %s', (url, environment, expected) => {
  expect(through(url, environment)).toBe(expected);
});

it.each([
  ['*', 'https://a.example.com', true],
  ['a.example.com', 'https://a.example.com', true],
  [' other.com , EXAMPLE.com ', 'https://a.example.com', true],
  ['example.com', 'https://badexample.com', false],
  ['.example.com', 'https://example.com', false],
  ['.example.com', 'https://a.example.com', true],
  ['*.example.com', 'https://a.example.com', true],
  ['example.com:443', 'https://example.com', true],
  ['example.com:8443', 'https://example.com', false],
  ['10.0.0.1', 'https://10.0.0.1', true],
  ['0.0.1', 'https://10.0.0.1', false],
  ['10.0.0.0/8', 'https://10.200.0.1', true],
  ['10.0.0.0/8', 'https://11.0.0.1', false],
  ['10.0.0.0/99', 'https://10.0.0.1', false],
  ['fd00::/8', 'https://[fd12::1]', true],
  ['fd12::1', 'https://[fd12::1]', true],
  ['[fd12::1]:8443', 'https://[fd12::1]:8443', true],
  ['[fd12::1]:8443', 'https://[fd12::1]', false],
  ['', 'https://example.com', false],
])('NO_PROXY=%s exempts %s: %s', (list, url, isExempt) => {
  expect(through(url, { HTTPS_PROXY: proxy, NO_PROXY: list })).toBe(isExempt ? undefined : `${proxy}/`);
});

it('refuses what is no HTTP proxy, without showing it', () => {
  const refused = () => through('https://a.example.com', { HTTPS_PROXY: 'socks5://u:secret@proxy' });
  expect(refused).toThrow(/^HTTPS_PROXY names no http:\/\/ or https:\/\/ proxy$/);
});

it('takes the account from the URL', () => {
  const expected = `Basic ${Buffer.from('ann:p@ss').toString('base64')}`;
  expect(proxyAuthorization(new URL('http://ann:p%40ss@proxy'))).toEqual({ 'proxy-authorization': expected });
  expect(proxyAuthorization(new URL(proxy))).toEqual({});
});
