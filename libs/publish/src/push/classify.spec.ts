import { classify, type Seen, type Verdict } from './classify';
import type { PushReport } from './porcelain';

const claims: Record<PushReport['kind'], PushReport> = {
  accepted: { kind: 'accepted' },
  'lease-lost': { kind: 'lease-lost', reason: 'why' },
  locked: { kind: 'locked', reason: 'why' },
  denied: { kind: 'denied', reason: 'why' },
  lost: { kind: 'lost', reason: 'why' },
};
const holdsOurs: Seen = { tip: 'ours', contains: true };
const below: Seen = { tip: 'later', contains: true };
const asBefore: Seen = { tip: 'before', contains: false };
const moved: Seen = { tip: 'other', contains: false };
const gone: Seen = { tip: null, contains: false };

type Expected = 'retry' | Exclude<Verdict, { next: 'retry' }>['result'];

it.each<[PushReport['kind'], Expected, Expected, Expected, Expected, Expected]>([
  // claim, then what holds when the branch is: ours | ours below | as before | moved | gone
  ['accepted', 'pushed', 'pushed', 'retry', 'retry', 'retry'],
  ['lease-lost', 'already-applied', 'already-applied', 'retry', 'retry', 'retry'],
  ['locked', 'already-applied', 'already-applied', 'retry', 'retry', 'retry'],
  ['denied', 'already-applied', 'already-applied', 'refused', 'refused', 'refused'],
  ['lost', 'already-applied', 'already-applied', 'retry', 'retry', 'retry'],
])('a push that says %s', (kind, ...expected) => {
  const verdicts = [holdsOurs, below, asBefore, moved, gone].map((seen) => classify(claims[kind], 'before', seen));
  expect(verdicts.map((verdict) => (verdict.next === 'retry' ? 'retry' : verdict.result))).toEqual(expected);
  for (const verdict of verdicts) if (kind !== 'accepted') expect(verdict.reason).toContain('why');
});

it('says whether anything moved when an answer was lost', () => {
  expect(classify(claims.lost, 'before', asBefore).reason).toMatch(/^nothing was applied/);
  expect(classify(claims.lost, 'before', moved).reason).toMatch(/^the branch moved/);
  expect(classify(claims.lost, null, gone).reason).toMatch(/^nothing was applied/);
});
