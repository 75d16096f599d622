import { parseReference, pinnedReference, repositoryUrl } from './reference';

const digest = `sha256:${'a'.repeat(64)}`;

it.each([
  ['python', { host: 'docker.io', repository: 'library/python' }],
  ['python:3.13-slim', { host: 'docker.io', repository: 'library/python', tag: '3.13-slim' }],
  ['acme/ci', { host: 'docker.io', repository: 'acme/ci' }],
  ['index.docker.io/python', { host: 'docker.io', repository: 'library/python' }],
  ['registry-1.docker.io/acme/ci:1', { host: 'docker.io', repository: 'acme/ci', tag: '1' }],
  ['localhost/ci:1', { host: 'localhost', repository: 'ci', tag: '1' }],
  ['127.0.0.1:5000/ci', { host: '127.0.0.1:5000', repository: 'ci' }],
  ['[::1]:5000/ci', { host: '[::1]:5000', repository: 'ci' }],
  ['registry:5000/a/b__c/d-e:T', { host: 'registry:5000', repository: 'a/b__c/d-e', tag: 'T' }],
  [
    `registry.example.com/acme/ci:1@${digest}`,
    { host: 'registry.example.com', repository: 'acme/ci', tag: '1', digest },
  ],
  [`registry.example.com/acme/ci@${digest}`, { host: 'registry.example.com', repository: 'acme/ci', digest }],
])('reads %s', (text, reference) => {
  expect(parseReference(text)).toEqual(reference);
});

it.each([
  '',
  'A/b',
  'https://registry.example.com/ci',
  'registry.example.com/',
  'ci:',
  'ci@sha256:12',
  'user@host/ci',
  'a//b',
])('refuses "%s"', (text) => {
  expect(() => parseReference(text)).toThrow(expect.objectContaining({ code: 'OptionInvalid' }));
});

it.each([
  ['localhost:5000/ci', 'http://localhost:5000/v2/ci'],
  ['127.0.0.1:5000/ci', 'http://127.0.0.1:5000/v2/ci'],
  ['[::1]:5000/ci', 'http://[::1]:5000/v2/ci'],
  ['127.0.0.1.example.com/ci', 'https://127.0.0.1.example.com/v2/ci'],
  ['registry.example.com/ci', 'https://registry.example.com/v2/ci'],
  ['python', 'https://registry-1.docker.io/v2/library/python'],
])('speaks http to loopback only: %s', (text, url) => {
  expect(repositoryUrl(parseReference(text))).toBe(url);
});

it('keeps the tag when it pins, and a pin as it is', () => {
  expect(pinnedReference('registry.example.com/a:1', digest)).toBe(`registry.example.com/a:1@${digest}`);
  expect(pinnedReference(`a@${digest}`, 'sha256:other')).toBe(`a@${digest}`);
});
