import { cellFacts } from '../testing/cell';
import { readable, unsolved } from './unsolved';

const text = (path: string) => [{ path, text: '' }];
const facts = cellFacts('https://index.example.com/simple', {
  requires: [],
  constraints: text('bounds.in'),
  overrides: text('over.in'),
  buildConstraints: text('build.in'),
});

describe('readable', () => {
  it.each([
    ['input-0.txt:1:1', 'core.in:1:1'],
    ['in `constraints-0.txt`', 'in `bounds.in`'],
    ['in `build-constraints-0.txt`', 'in `build.in`'],
    ['in `overrides-0.txt`', 'in `over.in`'],
    ['in limits.txt', 'in "limits" of core'],
    ['in `output.txt`', 'in `the published pins of core`'],
    ['read `/tmp/nx-ci-cache-cell-12-Ab3_x/input-0.txt`: gone', 'read `core.in`: gone'],
    ['at: file:///var/folders/x/nx-ci-cache-cell-12-Ab3/libs/foo', 'at: libs/foo'],
    [
      'warning: The requested Python version 3.13 is not available; 3.11 will be used to build dependencies instead.',
      '',
    ],
  ])('%s → %s', (said, shown) => {
    expect(readable(said, facts)).toBe(shown);
  });

  it.each([
    ['requirements/limits.txt', 'input-0.txt:1:1', 'requirements/limits.txt:1:1'],
    ['output.txt', 'in `input-0.txt`, not in output.txt', 'in `output.txt`, not in the published pins of core'],
    ['constraints-0.txt', '/tmp/nx-ci-cache-cell-1-A/input-0.txt', 'constraints-0.txt'],
    ['core.in', 'at: file:///tmp/nx-ci-cache-cell-1-A/requirements/limits.txt', 'at: requirements/limits.txt'],
    ['core.in', 'my-limits.txt limits.txt-old', 'my-limits.txt limits.txt-old'],
  ])('leaves a name that people gave themselves: %s', (path, said, shown) => {
    expect(readable(said, { ...facts, requirements: text(path) })).toBe(shown);
  });
});

describe('unsolved', () => {
  const later = '2026-03-02T00:00:00Z';
  const remedy = (now: string, settle: number) =>
    unsolved(
      { ...facts, pageMaxAge: settle - 15 * 60 },
      { exitCode: 1, stderr: '', output: '' },
      { later },
      new Date(now),
    ).remedy;

  it.each([
    ['has not come yet', '2026-03-01T12:00:00Z', 3600, 'Wait until the cut-off has passed 2026-03-02, '],
    ['has not settled', '2026-03-02T00:59:59Z', 3600, 'Wait until the cut-off has passed 2026-03-02, '],
    [
      'has settled',
      '2026-03-02T01:00:00Z',
      3600,
      `say --cutoff=${later} or CI_CACHE_CUTOFF=${later} to see that day, `,
    ],
    ['has not settled in a longer time', '2026-03-02T01:00:00Z', 7200, 'Wait until'],
    ['is long past, as in a preview', '2026-11-23T00:00:00Z', 3600, 'This run sees the index as of its cut-off: say '],
  ])('says what to do when the day that solves it %s', (_when, now, settle, expected) => {
    expect(remedy(now, settle)).toContain(expected);
    expect(remedy(now, settle)).toContain('name the new package in "cutoffExempt", or loosen core.in.');
  });

  it('says which packages have no wheel, with the whole line that lets them be built', () => {
    const answer = { exitCode: 1, stderr: 'hint: one\n', output: '' };
    const unbuildable = new Map<string, undefined>();
    const wheels = { names: ['one', 'two'], unbuildable, rest: { ...answer, stderr: 'error: input-0.txt: three>1\n' } };
    const error = unsolved({ ...facts, allowSdist: ['old'] }, answer, { wheels });
    expect(error.message.split('\n').slice(1)).toEqual([
      'hint: one',
      'No usable wheel: one, two.',
      'There is no solution without them either:',
      'error: core.in: three>1',
    ]);
    expect(error.remedy).toMatch(/^Add "allowSdist": \["old","one","two"\] to the mode core: /);
    expect(error.data).toMatchObject({ withoutWheels: ['one', 'two'] });
  });

  it('says what else helps where there is nothing to build', () => {
    const unbuildable = new Map([
      ['one', 'manylinux_2_31'],
      ['two', undefined],
    ]);
    const wheels = { names: ['one', 'two'], unbuildable };
    expect(unsolved(facts, { exitCode: 1, stderr: 'hint: one\n', output: '' }, { wheels }).remedy).toBe(
      'The wheels of one need "linux": "manylinux_2_31" beside "modes". ' +
        'Of two there is no sdist either: take them away on this Python. Or bound them to releases that have a wheel.',
    );
  });
});
