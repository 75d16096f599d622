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
  ['c++\n(x)/a', ['c++/a', 'c', '(x)/a', '(x)/b'], ['c', '(x)/b']],
  ['*^\n*+', ['a^', 'b^/c', 'a+', 'a'], ['a^', 'b^/c', 'a']],
  ['[[:alpha:]]1', ['a1', '11', 'é1'], ['11', 'é1']],
  ['**.pyc', ['a.pyc', 'b/c.pyc', 'a.pyc/x', 'a.py'], ['a.py']],
  ['docs/**.md', ['docs/.md', 'docs/b/.md', 'docs/a.md'], ['docs/a.md']],
  ['foo**/bar', ['foo/bar', 'foobar', 'fooo/x/bar', 'bar'], ['bar']],
  ['a**', ['a', 'ab/c', 'ba'], ['ba']],
  ['[^a]?', ['ab', 'bb', 'é€'], ['ab']],
  ['\\d', ['1', 'd'], ['d']],
  ['*\n!a**', ['ab/c', 'ab', 'b'], ['ab/c', 'ab']],
  ['*\n!a/b', ['a/b/c', 'a/d', 'e/a/b'], ['a/b/c']],
  ['a/../b\n./c//d/', ['a', 'b', 'c/d/e'], ['a']],
  ['b\n!b/c\nb/c/d', ['b/a', 'b/c', 'b/c/d', 'b/c/e'], ['b/c', 'b/c/e']],
])('obeys %j', (patterns, paths, expected) => {
  expect(kept(patterns, ...paths)).toEqual(expected);
});

it.each([
  ['!', 'lone'],
  [' ! ', 'lone'],
  ['!//', 'lone'],
  ['a[b', 'never closed'],
  ['*[b', 'never closed'],
  ['[]', 'cannot stand'],
  ['a\\', 'ends with'],
  ['[z-a]', 'before it begins'],
  ['\\y', 'means nothing'],
  ['[[:letter:]]', 'no character class'],
])('refuses %j', (pattern, words) => {
  expect(() => contextFilter('.dockerignore', `ok\n${pattern}`)).toThrow(
    expect.objectContaining({
      code: 'OptionInvalid',
      message: expect.stringMatching(new RegExp(`^\\.dockerignore:2: .*${words}`)),
    }),
  );
});
