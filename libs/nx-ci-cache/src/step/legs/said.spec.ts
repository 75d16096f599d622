import type { LegRecord } from '@nx-ci-cache/records';
import { imageSaid, legSaid, ofBuild, ofRun } from './said';

const id = '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';
const leg = { leg: 'ci-3.11-linux-amd64', platform: 'linux/amd64', inputDigest: 'sha256:1', buildId: id };

it.each<[LegRecord, string]>([
  [{ ...leg, result: 'built', digest: 'sha256:2' }, 'ci-3.11-linux-amd64 is sha256:2 (build 0a1b2c3d)'],
  [{ ...leg, result: 'already-applied', digest: 'sha256:2' }, 'ci-3.11-linux-amd64 is sha256:2 (build 0a1b2c3d)'],
  [{ ...leg, result: 'previewed', buildId: null }, 'ci-3.11-linux-amd64: previewed'],
  [{ ...leg, result: 'superseded', reason: 'a newer one' }, 'ci-3.11-linux-amd64: superseded; a newer one'],
])('%j', (record, said) => {
  expect(legSaid(record)).toBe(said);
});

it('names the run of an image', () => {
  const known = { run: id, plan: 'sha256:3', image: 'ci', python: '3.11' };
  expect(imageSaid({ ...known, result: 'published' })).toBe('ci for Python 3.11: published (run 0a1b2c3d)');
  expect(imageSaid({ ...known, result: 'refused', reasons: ['why'] })).toMatch(/: refused \(run 0a1b2c3d\); why$/);
});

it('names build or run in every line on the way', () => {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  ofBuild(id, say)('leg: CACHED [1/2] RUN x');
  ofBuild(null, say)('leg: nothing');
  ofRun(id, say)('h/ci:latest: moved');
  expect(lines).toEqual([
    'leg: CACHED [1/2] RUN x (build 0a1b2c3d)',
    'leg: nothing',
    'h/ci:latest: moved (run 0a1b2c3d)',
  ]);
});
