import { checkRequirement, isLocal } from './requirement';

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

describe('checkRequirement', () => {
  const place = { file: 'core.in', key: 'line 2' };

  // All of these the resolver reads.
  it.each([
    'foo',
    'Foo_Bar.baz>=1',
    '1foo',
    'foo--bar',
    'foo == 1.0 , != 1.1',
    'foo\t>=1,',
    'foo\u00a0>=1',
    'foo (>=1)',
    'foo[x](>=1,<2) ; python_version < "3"',
    'foo [ a , b.c ] >= 1',
    'foo[]',
    'foo~=1.4.2',
    'foo~=1!4.5',
    'foo==1.*,!=1.5.*',
    'foo==1.0+Ubuntu-1',
    'foo===1.0',
    'foo==v1.0-rc.1',
    'foo<3.0.0-dev',
    'foo>=2024.01.01',
    'foo;python_version<"3" or sys_platform=="#"',
    "foo>=1 ; extra == 'a@b'",
    'foo>=1 # see https://user:word@host/x',
    'foo==1 --hash=sha256:00 --hash sha256:11  # c',
    'foo ; python_version < "3" --hash=sha256:00',
  ])('takes %j', (requirement) => {
    expect(() => checkRequirement(requirement, place)).not.toThrow();
  });

  it.each([
    'foo>=>1',
    'foo<three',
    'foo=1',
    'foo 1.0',
    'foo bar',
    'foo-<1',
    'foo>=1 <2',
    'foo>=1.*',
    'foo~=1',
    'foo>=1.0+local',
    'foo==${HOME}',
    'foo>=1# no comment',
    'foo[x',
    'foo (>=1',
    'foo --config-settings x=y',
    '"foo"',
  ])('refuses %j with its place', (requirement) => {
    expect(() => checkRequirement(requirement, place)).toThrow(
      `core.in: line 2 = ${JSON.stringify(requirement)}\n  allowed: a package with version bounds, e.g.`,
    );
  });

  it('says what takes the place of an option behind a requirement', () => {
    expect(() => checkRequirement('foo>=1 --config-settings=x=y', place)).toThrow(
      expect.objectContaining({ remedy: expect.stringContaining('"buildConstraints"') }),
    );
  });

  it.each([
    ['foo @ https://user:se/cr@et@host/foo.zip', '"foo …"'],
    ['Foo[x]@git+ssh://user:secret@host/foo', '"Foo[x]…"'],
    ['foo @ user:secret@host', '"foo …"'],
    ['git+https://user:secret@host/foo', '"git+https…"'],
    ['foo @ file://user:secret@host/foo', '"foo …"'],
    ['foo==user:secret@host', '"foo==user…"'],
  ])('refuses %s and shows nothing behind the name', (requirement, shown) => {
    expect(() => checkRequirement(requirement, place)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(`line 2 = ${shown}\n`),
        remedy: expect.not.stringMatching(/secret|host/),
      }),
    );
  });
});
