import { classify, unread, type Seen, type Verdict } from './classify';
import type { PushReport } from './porcelain';

const holdsOurs: Seen = { tip: 'ours', contains: true };
const below: Seen = { tip: 'later', contains: true };
const asBefore: Seen = { tip: 'before', contains: false };
const moved: Seen = { tip: 'other', contains: false };
const gone: Seen = { tip: null, contains: false };

const applied: Verdict = {
  next: 'end',
  result: 'already-applied',
  reason: 'the branch holds our commit, though the push said: why',
};
const retry = (reason: string): Verdict => ({ next: 'retry', reason });
const vanished = retry('the remote accepted our commit, but the branch no longer holds it');
const refused: Verdict = { next: 'end', result: 'refused', reason: 'why' };
const faster = retry('another writer was faster: why');
const locked = retry('the server could not lock the branch: why');
const still = retry('nothing was applied: why');
const overtaken = retry('the branch moved: why');
const pushed: Verdict = { next: 'end', result: 'pushed' };

it.each<[PushReport['kind'], Verdict, Verdict, Verdict, Verdict, Verdict]>([
  // claim, then what holds when the branch is: ours | ours below | as before | moved | gone
  ['accepted', pushed, pushed, vanished, vanished, vanished],
  ['lease-lost', applied, applied, faster, faster, faster],
  ['locked', applied, applied, locked, locked, locked],
  ['denied', applied, applied, refused, refused, refused],
  ['lost', applied, applied, still, overtaken, overtaken],
])('a push that says %s', (kind, ...expected) => {
  const report: PushReport = kind === 'accepted' ? { kind } : { kind, reason: 'why' };
  expect([holdsOurs, below, asBefore, moved, gone].map((seen) => classify(report, 'before', seen))).toEqual(expected);
});

it('nothing was applied where there was no branch and is none', () => {
  expect(classify({ kind: 'lost', reason: 'why' }, null, gone)).toEqual(still);
});

it.each([
  ["Unable to create '/srv/git/refs/heads/constraints-main.lock': File exists.", true],
  ["cannot lock ref 'refs/heads/constraints-a.locked': reference broken", false],
])('%s names a lock file to delete: %s', (reason, named) => {
  const { reason: told } = classify({ kind: 'locked', reason }, 'before', asBefore);
  expect(told?.includes('delete on the server the lock file named here')).toBe(named);
});

const blind = 'the branch could not be read after the push: away';
it.each<[string, PushReport, string]>([
  ['nothing', { kind: 'accepted' }, blind],
  [
    'that another writer was faster',
    { kind: 'lease-lost', reason: 'stale info' },
    `${blind}\nthe push said: stale info`,
  ],
  [
    'that a lock is in the way',
    { kind: 'locked', reason: "Unable to create '/r/a.lock'" },
    `${blind}\nthe push said: the server could not lock the branch (if it stays so, delete on the server the lock file named here, left by a push that died): Unable to create '/r/a.lock'`,
  ],
])('of a branch that cannot be read again it is kept when the push said %s', (_name, report, reason) => {
  expect(unread(report, 'away')).toEqual(retry(reason));
});
