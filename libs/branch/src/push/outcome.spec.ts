import { digestOf } from '@nx-ci-cache/process';
import type { PushResult } from '@nx-ci-cache/records';
import { outcomeOf } from './outcome';
import type { Publication } from './publication';

const files = { 'a.txt': '# note\none==1\n\ntwo==2\n', 'b.txt': 'one==1\n' };
const publication = { request: { files }, attempt: 3 } as unknown as Publication;
const draft = { changed: { 'a.txt': 'oid' }, removed: ['c.txt'], message: 'Update' };
const outcome = (result: PushResult) =>
  outcomeOf(publication, 'tip', draft, { result, commit: 'commit', reasons: ['why'] });

it('writes down what was decided, and every file with its pins and digest', () => {
  expect(outcome('pushed')).toEqual({
    result: 'pushed',
    oldCommit: 'tip',
    newCommit: 'commit',
    attempts: 3,
    files: [
      { file: 'a.txt', pins: 2, digest: digestOf(files['a.txt']), changed: true },
      { file: 'b.txt', pins: 1, digest: digestOf(files['b.txt']), changed: false },
    ],
    removed: ['c.txt'],
    reasons: ['why'],
    message: 'Update',
  });
});

it('claims no change for a run that lost to a newer one', () => {
  const { files: pushed, removed } = outcome('superseded');
  expect([pushed.map(({ changed }) => changed), removed]).toEqual([[false, false], []]);
});
