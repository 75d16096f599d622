import { isLocal } from './lines';

describe('isLocal', () => {
  it.each([
    './libs/foo',
    '../foo[x]',
    '/abs/path',
    '~/foo',
    'libs/foo',
    '.',
    '${HOME}/foo',
    'file:///foo',
    'git+file:///foo',
    'foo @ file://${HOME}/foo.whl',
    'Foo.Bar[x, y]@ ../foo',
    'foo @ {root:uri}/foo',
    'foo-1.0-py3-none-any.whl',
    'dist/foo-1.0.tar.gz',
  ])('%s is', (requirement) => {
    expect(isLocal(requirement)).toBe(true);
  });

  it.each([
    'foo',
    'Foo.Bar[x,y]>=1.0,!=1.5.*; python_version < "3.13"  # see ./docs',
    'foo  # a/b',
    'foo==1!2.0+cpu.1',
    'foo @ https://files.example.com/foo-1.0.whl',
    'foo @ git+https://git.example.com/foo@main#egg=foo/bar',
    'https://files.example.com/foo.zip',
    '',
  ])('%s is not', (requirement) => {
    expect(isLocal(requirement)).toBe(false);
  });
});
