import { pageRun } from '../testing/page-run';
import { stepOf } from '../testing/run';
import { pageData } from './page-data-of';
import { releasePages } from './release-pages';
import { scriptText } from './html';

const data = pageData(pageRun());
const [file] = data.files;

it('counts of each file what its rows say', () => {
  expect(data.files.map(({ file: name }) => name)).toEqual([
    'core-3.11.txt',
    'all-3.11.txt',
    'core-3.13.txt',
    'all-3.13.txt',
  ]);
  expect(file?.counts).toEqual({ upgraded: 5, downgraded: 1, added: 1, removed: 1, held: 1, yanked: 1, prerelease: 1 });
  // Those of the file, and the one it lost.
  expect(file?.rows).toHaveLength(61);
});

it('tells of a pin who requires it, what it was and what holds it', () => {
  const row = (name: string) => file?.rows.find((each) => each.name === name);
  expect(row('package-0002')).toEqual({
    ...{ name: 'package-0002', version: '2.2.0', from: '2.0', marks: ['upgraded', 'yanked'] },
    ...{ uploaded: '2026-04-20T10:00:00Z', ageDays: 12, requiredBy: ['requirements/all.in', 'package-0003'] },
    notes: ['yanked: broken wheel'],
  });
  expect(row('package-0009')).toMatchObject({
    marks: ['held'],
    notes: ['package-0009 is held at 2.2.0: 3.0.0 is ruled out by package-0001'],
  });
  expect(row('removed-1')).toEqual({ name: 'removed-1', from: '1.0', marks: ['removed'] });
});

it('marks no pin of a new file as added', () => {
  const { changes, ...run } = pageRun();
  const files = (changes?.files ?? []).map((each) => ({ ...each, published: false }));
  const fresh = pageData({ ...run, changes: changes && { ...changes, files } }).files[0];
  expect(fresh).toMatchObject({ isPublished: false, counts: { upgraded: 0, added: 0 } });
});

it('is the same value from the same run, and says what is to be done', () => {
  expect(pageData(pageRun())).toEqual(data);
  expect(data.todo).toEqual([]);
  const failed = pageData(pageRun(undefined, { steps: [stepOf('push-constraints', 'failed', 'no')] }));
  expect(failed).toMatchObject({ headline: 'Failed at push-constraints: ci-cache', outcome: 'failed' });
  expect(failed.todo).toEqual(['Mend what failed and run again: what was done is found and kept.']);
});

it('says what the next run sees, and which legs left no record', () => {
  const steps = [{ ...stepOf('buildx-refresh', 'failed', 'no'), step: 'buildx-refresh--ci-3.11-linux-amd64' }];
  expect(pageData(pageRun(undefined, { steps })).next.slice(0, 2)).toEqual([
    'It sees package indexes up to 2026-05-03T00:00:00Z once that has settled.',
    'It looks again at 1 leg that left no record: ci-3.11-linux-amd64.',
  ]);
});

it('shows the last proof of the caches, whichever run made it', () => {
  const proof = {
    ...{ result: 'refused' as const, sourceCommit: 'c', constraintsCommit: null, faults: ['a leg missed'] },
    legs: [
      { leg: 'a', platform: 'p', cacheRef: 'r', steps: { total: 3, cached: 3 }, problems: [] },
      {
        leg: 'b',
        platform: 'p',
        cacheRef: 'r',
        steps: { total: 3, cached: 1 },
        missed: 'RUN x',
        problems: ['a blob is gone'],
      },
    ],
  };
  expect(pageData(pageRun(undefined, { proof })).proof).toEqual({
    ...{ result: 'refused', faults: ['a leg missed'] },
    legs: [
      { leg: 'a', text: '3 of 3 steps cached', isWhole: true },
      { leg: 'b', text: '1 of 3 steps cached; RUN x; a blob is gone', isWhole: false },
    ],
  });
});

it.each([
  ['https://index.example.com/simple/', 'https://index.example.com/project/{name}/{version}/'],
  ['https://index.example.com/simple', 'https://index.example.com/project/{name}/{version}/'],
  ['https://index.example.com/api/all/simple/', 'https://index.example.com/api/all/simple/{name}/'],
  ['http://index.example.com/simple/', undefined],
  ['javascript:alert(1)', undefined],
  [undefined, undefined],
])('the page of a release at %s is %s', (index, page) => {
  expect(releasePages(index)).toBe(page);
});

it('is text within a script, whatever it holds', () => {
  const hostile = '</script><!-- <script>\u2028\u202e\u001b[31m & "quoted"\nnext';
  const text = scriptText({ ...data, headline: hostile });
  expect(text).not.toMatch(/[<>&\u2028\u202e\u001b]/);
  expect(JSON.parse(text).headline).toBe('</script><!-- <script>[31m & "quoted"\nnext');
});
