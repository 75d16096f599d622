import { checkFiles, checkPublished, samePins, wrongLines } from './content';

it.each(['', '  \none==1\n', '# comment\n\none==1.0\nTwo.x_y==1.0+local.1\na==1!2.0rc1\n', 'one==1'])(
  'takes %j',
  (text) => {
    expect(() => checkFiles({ 'a-3.11.txt': text })).not.toThrow();
  },
);

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
  '-one==1',
  'one-==1',
  'one==.1',
  'one==1.',
])('refuses the line %j', (line) => {
  expect(() => checkFiles({ 'a.txt': `# x\n${line}\n` })).toThrow(
    expect.objectContaining({
      code: 'OptionInvalid',
      message: `files to publish: a.txt: line 2 is ${JSON.stringify(line)}`,
      remedy: 'Publish only name==version lines, comments that start with # and blank lines.',
    }),
  );
});

it('hands on nothing but pins and comments, and names file, line and branch otherwise', () => {
  const check = (text: string) => () => checkPublished({ 'a.txt': '', 'b.txt': text }, 'constraints-main');
  expect(check('# x\none==1\n')).not.toThrow();
  expect(check('one==1\n--index-url https://example.com/\n-e .')).toThrow(
    expect.objectContaining({
      code: 'PushRefused',
      message:
        'b.txt on constraints-main: line 2 is "--index-url https://example.com/", no name==version line and no comment',
      remedy: expect.stringContaining('constraints-main'),
    }),
  );
  expect(wrongLines('one==1\n-e .\n# \u0007\n')).toEqual(['line 2 is "-e ."', 'line 3 is "# \\u0007"']);
});

it.each(['', '  \none==1\n', '.git', '../a', 'a/b', '-x', 'a.lock', 'a\n', 'a b', 'é'])(
  'refuses the file name %j',
  (file) => {
    expect(() => checkFiles({ [file]: '' })).toThrow(
      expect.objectContaining({
        message: `files to publish: file name ${JSON.stringify(file)}`,
        remedy: expect.stringMatching(/^Name files by letters, .+ without a folder, [^^]+$/),
      }),
    );
  },
);

it('shows no more of a line than a person needs', () => {
  expect(() => checkFiles({ 'a.txt': `-${'x'.repeat(300)}` })).toThrow(`"-${'x'.repeat(199)}"`);
});

it.each([
  ['a'.repeat(100), true],
  ['a'.repeat(101), false],
  ['a', true],
])('takes the file name %s: %s', (file, taken) => {
  const check = expect(() => checkFiles({ [file]: '' }));
  if (taken) check.not.toThrow();
  else check.toThrow();
});

it('refuses to publish nothing', () =>
  expect(() => checkFiles({})).toThrow(
    expect.objectContaining({
      message: 'files to publish: no file is named',
      remedy: 'Name at least one file to publish.',
    }),
  ));

it.each([
  ['# a\none==1\n', '# b\n\none==1', true],
  ['one==1\n', 'one==2\n', false],
  ['one==1\ntwo==1\n', '# x\none==1\ntwo==1', true],
  ['one==1\ntwo==1\n', 'two==1\none==1\n', false],
  ['# one==1\n', 'one==1\n', false],
  ['one==1\n \t\n', 'one==1', true],
  ['on\ne==1', 'one==1', false],
])('%j and %j say the same: %s', (left, right, same) => expect(samePins(left, right)).toBe(same));
