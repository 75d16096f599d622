import fc from 'fast-check';
import { branchFor, checkBranch, refOf } from './branch';

const rules = [
  { from: 'main', to: 'constraints-main' },
  { from: 'v(\\d+)-(\\d+)-(test|stable)', to: 'constraints-$1-$2' },
];

it.each([
  ['main', 'constraints-main'],
  ['v2-10-test', 'constraints-2-10'],
  ['v2-10-stable', 'constraints-2-10'],
  ['v2-10-beta', undefined],
  ['xmain', undefined],
  ['main/x', undefined],
  ['', undefined],
])('branch %j goes to %j', (source, expected) => {
  expect(branchFor(rules, source)).toBe(expected);
});

it('is pushed by its full name, which no tag can be taken for', () =>
  expect(refOf('constraints-main')).toBe('refs/heads/constraints-main'));

it('takes an alternation as a whole name', () => {
  expect(branchFor([{ from: 'main|next', to: 'constraints-x' }], 'mainly')).toBeUndefined();
});

it('takes what it puts in for a group literally', () => {
  expect(branchFor([{ from: '(.+)', to: 'constraints-$1' }], 'a/b')).toBe('constraints-a/b');
  expect(() => branchFor([{ from: '(.+)', to: 'constraints-$1' }], '$(id)')).toThrow(/constraints-\$\(id\)/);
});

it.each(['main', 'constraints-', 'constraints--x', 'constraints-a..b', 'constraints-a//b', 'constraints-a/.b'])(
  'refuses %s',
  (name) => expect(() => checkBranch(name)).toThrow(expect.objectContaining({ code: 'OptionInvalid' })),
);

it.each([
  'constraints-a.lock',
  'constraints-a.lock/b',
  'constraints-a/',
  'constraints-a.',
  'constraints-a b',
  'constraints-a\n',
])('refuses %j', (name) => expect(() => checkBranch(name)).toThrow(expect.objectContaining({ code: 'OptionInvalid' })));

it('names the branch it refuses, and what would do', () => {
  expect(() => checkBranch('main')).toThrow(
    expect.objectContaining({
      message: 'push.branches names the branch "main"',
      remedy: expect.stringMatching(/^Name a branch constraints-… of letters, .+ that is a valid git ref/),
      data: { branch: 'main' },
    }),
  );
});

it.each([
  [`constraints-${'a'.repeat(100)}`, true],
  [`constraints-${'a'.repeat(101)}`, false],
  ['xconstraints-a', false],
  ['constraints-a.locked', true],
])('takes %s: %s', (name, taken) => {
  const check = expect(() => checkBranch(name));
  if (taken) check.not.toThrow();
  else check.toThrow();
});

it('leaves out a group that took no part', () => {
  expect(branchFor([{ from: 'v(\\d)(-rc)?', to: 'constraints-$1$2' }], 'v2')).toBe('constraints-2');
});

it('never lets a generated name through that a shell, an option parser or git would read as something else', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (name) => {
      let branch: string | undefined;
      try {
        branch = branchFor([{ from: '([^]*)', to: 'constraints-$1' }], name);
      } catch {
        return;
      }
      expect(branch).toMatch(/^constraints-[A-Za-z0-9][A-Za-z0-9._/-]*$/);
    }),
    { numRuns: 1000, seed: 5 },
  );
});
