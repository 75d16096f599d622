import type { Relation } from '@nx-ci-cache/git';
import { judgeStale, type Staleness } from './stale';

const at = (cutoff: string) => ({ commit: 'c', cutoff });
const may = '2026-05-01T00:00:00Z';
const june = '2026-06-01T00:00:00Z';

it.each<[Relation, string, string, Staleness['verdict']]>([
  ['newer', may, june, 'current'],
  ['same', may, june, 'superseded'],
  ['same', may, may, 'current'],
  ['same', june, may, 'current'],
  ['older', june, may, 'superseded'],
  ['unrelated', june, may, 'unproven'],
  ['unknown', june, may, 'unproven'],
])('a source that is %s with cut-off %s against %s: %s', (relation, ours, theirs, verdict) => {
  expect(judgeStale('a.txt', at(ours), at(theirs), relation).verdict).toBe(verdict);
});
