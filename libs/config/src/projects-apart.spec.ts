import type { Config } from '@nx-ci-cache/records';
import { mayMeet, sharedFiles } from './projects-apart';

const project = (projectRoot: string, mode: string, to: string, remote = 'origin', remove: string[] = []) =>
  ({
    file: `${projectRoot}/ci-cache.json`,
    projectRoot,
    modes: [{ name: mode }],
    pythons: ['3.13'],
    push: { remote, remove, branches: [{ from: 'main', to }] },
  }) as unknown as Config;

it.each([
  ['one file on one branch', project('b', 'core', 'constraints-main'), 'both write core-3.13.txt there'],
  ['a branch that a rule may name', project('b', 'core', 'constraints-$1'), 'a/ci-cache.json'],
  ['a file the other removes', project('b', 'x', 'constraints-main', 'origin', ['core-3.13.txt']), 'core-3.13.txt'],
])('refuses the second of two projects for %s', (_name, second, words) => {
  const faults = sharedFiles([project('a', 'core', 'constraints-main'), second]);
  expect([...faults.keys()]).toEqual(['b']);
  expect(faults.get('b')?.message).toContain(words);
});

it('refuses a project that removes what an earlier one generates', () => {
  const second = project('b', 'x', 'constraints-main', 'origin', ['core-3.13.txt']);
  for (const both of [
    [project('a', 'core', 'constraints-main'), second],
    [second, project('a', 'core', 'constraints-main')],
  ])
    expect(sharedFiles(both).size).toBe(1);
});

it.each([
  ['another mode', project('b', 'other', 'constraints-main')],
  ['another branch', project('b', 'core', 'constraints-b')],
  ['one removal of both', project('b', 'other', 'constraints-main', 'origin', ['old-3.9.txt'])],
  ['another remote', project('b', 'core', 'constraints-main', 'https://example.com/b')],
])('takes two projects apart by %s', (_name, second) => {
  const first = project('a', 'core', 'constraints-main', 'origin', ['old-3.9.txt']);
  expect(sharedFiles([first, second]).size).toBe(0);
});

it.each([
  ['constraints-a', 'constraints-a', true],
  ['constraints-a', 'constraints-b', false],
  ['constraints-$1', 'constraints-b', true],
  ['constraints-$1-x', 'constraints-b', false],
  ['constraints-a-$1', 'constraints-$1-b', true],
  ['constraints-a-$1', 'constraints-b-$1', false],
  ['constraints-$1-a', 'constraints-$1-b', false],
  ['constraints-1.$1', 'constraints-1x2', false],
  ['constraints-$1$2', 'constraints-', true],
])('%s and %s may be one branch: %s', (left, right, expected) => {
  expect([mayMeet(left, right), mayMeet(right, left)]).toEqual([expected, expected]);
});
