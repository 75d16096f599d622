import type { PushRecord } from '@nx-ci-cache/records';
import { refuseUnpushed } from './not-pushed';

const record = (changes: Partial<PushRecord>): PushRecord => ({
  ...{ run: 'r', result: 'refused', branch: 'constraints-main', remote: '', attempts: 1, files: [] },
  ...{ oldCommit: 'a'.repeat(40), newCommit: 'a'.repeat(40), reasons: ['why'] },
  ...changes,
});

describe('refuseUnpushed', () => {
  it.each<[string, Partial<PushRecord>, string, string]>([
    ['a branch that stayed', {}, 'constraints-main was not updated: why', 'The branch is as it was.'],
    [
      'a branch that was written, but not its tag',
      { newCommit: 'b'.repeat(40) },
      'constraints-main holds bbbbbbbbbbbb, but not all that was asked for was done: why',
      'The constraints are published.',
    ],
    [
      'a push nobody knows the end of',
      { result: 'failed' },
      'no certain answer says what became of the push to constraints-main: why',
      'Run again',
    ],
    ['what a server says', { reasons: ['a\u001b[31m'] }, 'constraints-main was not updated: a', 'The branch'],
  ])('says of %s what it holds and what to do', (_name, changes, message, remedy) => {
    const refuse = () => refuseUnpushed(record(changes));
    expect(refuse).toThrow(
      expect.objectContaining({ code: 'PushRefused', message, remedy: expect.stringContaining(remedy) }),
    );
  });

  it.each(['pushed', 'unchanged', 'already-applied', 'superseded', 'previewed'] as const)('lets %s pass', (result) => {
    expect(() => refuseUnpushed(record({ result }))).not.toThrow();
  });
});
