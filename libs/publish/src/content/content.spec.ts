import { checkFiles, samePins } from './content';

it.each(['', '# comment\n\none==1.0\nTwo.x_y==1.0+local.1\na==1!2.0rc1\n', 'one==1'])('takes %j', (text) => {
  expect(() => checkFiles({ 'a-3.11.txt': text })).not.toThrow();
});

it.each([
  '--index-url https://example.com/',
  '-r other.txt',
  'one',
  'one>=1',
  'one==1 --hash=sha256:00',
  'one[extra]==1',
  'one @ https://example.com/one.whl',
  ' one==1',
  'one==1 # why',
  'one==1\r',
  '# \u202e hidden',
  '# \u001b[31m',
  'one==1\u0000',
  'one==1 ; python_version < "3"',
])('refuses the line %j', (line) => {
  expect(() => checkFiles({ 'a.txt': `# x\n${line}\n` })).toThrow(expect.objectContaining({ code: 'OptionInvalid' }));
});

it.each(['', '.git', '../a', 'a/b', '-x', 'a.lock', 'a\n', 'a b', 'é'])('refuses the file name %j', (file) => {
  expect(() => checkFiles({ [file]: '' })).toThrow(/file name/);
});

it('refuses to publish nothing', () => expect(() => checkFiles({})).toThrow(/no file/));

it.each([
  ['# a\none==1\n', '# b\n\none==1', true],
  ['one==1\n', 'one==2\n', false],
  ['one==1\ntwo==1\n', 'two==1\none==1\n', false],
  ['# one==1\n', 'one==1\n', false],
])('%j and %j say the same: %s', (left, right, same) => expect(samePins(left, right)).toBe(same));
