import { contextFilter } from './ignore';

const kept = (patterns: string, ...paths: string[]) => paths.filter(contextFilter('.dockerignore', patterns));

it.each([
  ['', ['a', 'b/c'], ['a', 'b/c']],
  ['# a\n\nb', ['a', 'b/c'], ['a']],
  ['*\n!keep', ['a', 'keep', 'keep/a', 'b/keep'], ['keep', 'keep/a']],
  ['**/*.pyc', ['a.pyc', 'b/c.pyc', 'b/c.py'], ['b/c.py']],
  ['/b/', ['b/c', 'bb'], ['bb']],
  ['B', ['b', 'B'], ['b']],
  ['[ab].txt', ['a.txt', 'c.txt'], ['c.txt']],
  ['docs/**/x', ['docs/x', 'docs/a/b/x', 'x'], ['x']],
  ['a\\[b', ['a[b', 'c'], ['c']],
])('%j', (patterns, paths, expected) => {
  expect(kept(patterns, ...paths)).toEqual(expected);
});

it.each([
  ['!', 'lone'],
  [' ! ', 'lone'],
  ['a[b', 'never closed'],
  ['[]', 'never closed'],
  ['a**', 'alone'],
  ['**.pyc', 'alone'],
  ['a/**b/c', 'alone'],
])('refuses %j', (pattern, words) => {
  expect(() => contextFilter('.dockerignore', `ok\n${pattern}`)).toThrow(
    expect.objectContaining({
      code: 'OptionInvalid',
      message: expect.stringMatching(new RegExp(`^\\.dockerignore:2: .*${words}`)),
    }),
  );
});
