import { harmless, harmlessText } from './harmless';

it.each([
  ['::error::x', ': :error::x'],
  ['  ::set-output name=x::y', '  : :set-output name=x::y'],
  ['remote: ##vso[task.setvariable]x', 'remote: # #vso[task.setvariable]x'],
  ['#\u200b#[error]x', '# #[error]x'],
  ['##teamcity[buildStatus]', '# #teamcity[buildStatus]'],
  ['+++ :fire: opened', ' +++ :fire: opened'],
  ['\u001b[0Ksection_start:1:x\r\u001b[0Kx', 'section_start:1:x\nx'],
  ['\u001b[31mred\u001b[0m \u001b]8;;x\u0007link', 'red link'],
  ['a\u202eb\u0000c\u200bd', 'abcd'],
  ['one\r\n\r\ntwo', 'one\ntwo'],
])('%j is shown as %j', (text, expected) => expect(harmless(text, {})).toBe(expected));

it('keeps the lines of our own text', () => {
  expect(harmlessText('# title\n\n| a | b |\n  → Do\tthis.\n::error::x', {})).toBe(
    '# title\n\n| a | b |\n  → Do this.\n: :error::x',
  );
});

it.each([
  ['of several lines', '-----BEGIN KEY-----\nabcdefgh\n\nijklmnop\n-----END KEY-----', (key: string) => key],
  ['of several lines, as a server ends them', 'abcdefgh\nijklmnop', (key: string) => key.replaceAll('\n', '\r\n')],
  ['that holds what is taken out', 'a\tb##[cdefgh', (key: string) => key],
  ['with a sequence in its middle', 'abcdefgh', () => 'abcd\u001b[0mefgh'],
])('removes a secret %s', (_name, key, spelled) => {
  const text = `before\n${spelled(key)}\nafter`;
  for (const clean of [harmless, harmlessText]) expect(clean(text, { PRIVATE_KEY: key })).toBe('before\n***\nafter');
});
