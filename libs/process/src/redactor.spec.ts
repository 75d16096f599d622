import { redact } from './redact';
import { redactorFor } from './redactor';

it.each<[string, string[], string, string]>([
  ['nothing', [], 'text', 'text'],
  ['an empty text', [''], 'text', 'text'],
  ['each of several', ['abc', 'xyz'], '-abc-xyz-abc', '-***-***-***'],
  ['neighbours, each by itself', ['abc'], 'abcabc', '******'],
  ['the longest', ['abc', 'abcdef'], 'abcdefg abcg', '***g ***g'],
  ['what overlaps, as a whole', ['abcdef', 'defghi'], 'abcdefghi', '***'],
  ['what ends within another', ['abcdefgh', 'cde'], 'abcdefghi', '***i'],
  ['what only begins like it', ['abcdefghijk'], 'abcdefghixx', 'abcdefghixx'],
  ['what an expression would read otherwise', ['a.c*[x]\\d$^(|)'], 'abc a.c*[x]\\d$^(|)', 'abc ***'],
  ['several lines', ['abc\ndef'], 'abc\ndef\nabc', '***\nabc'],
])('replaces %s', (_name, texts, text, clean) => expect(redactorFor(texts)(text)).toBe(clean));

it('finds long keys among many', () => {
  const keys = Array.from({ length: 50 }, (_, at) => Array.from({ length: 2_000 }, (_, part) => at * part).join('-'));
  const [one = '', other = ''] = keys.slice(7);
  expect(redact(`a ${one} b ${Buffer.from(other).toString('hex')} c`, keys)).toBe('a *** b *** c');
});

it('follows the secrets it is given', () => {
  expect(redact('first-one second-one', ['first-one'])).toBe('*** second-one');
  expect(redact('first-one second-one', ['second-one'])).toBe('first-one ***');
  expect(redact('first-one second-one', ['first-one'])).toBe('*** second-one');
});
