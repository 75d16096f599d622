import { jestCounts, suiteCounts, sum } from './counts';

describe('counts', () => {
  it('counts a file that could not be loaded as a failure', () => {
    const results = {
      numPassedTests: 3,
      numFailedTests: 1,
      numPendingTests: 1,
      numTodoTests: 1,
      numRuntimeErrorTestSuites: 2,
    };
    expect(jestCounts(results)).toEqual({ passed: 3, failed: 3, skipped: 2 });
  });

  it.each([
    ['a check without counts that is good', 0, undefined, { passed: 1, failed: 0, skipped: 0 }],
    ['a check without counts that is bad', 1, undefined, { passed: 0, failed: 1, skipped: 0 }],
    ['a suite that ran nothing', 0, { passed: 0, failed: 0, skipped: 4 }, { passed: 0, failed: 1, skipped: 4 }],
    [
      'a suite that counted no failure but ended badly',
      1,
      { passed: 2, failed: 0, skipped: 0 },
      { passed: 2, failed: 1, skipped: 0 },
    ],
  ])('%s', (_name, exitCode, counts, expected) => {
    expect(suiteCounts(exitCode, counts)).toEqual(expected);
  });

  it('sums', () => {
    expect(
      sum([
        { passed: 1, failed: 2, skipped: 3 },
        { passed: 4, failed: 5, skipped: 6 },
      ]),
    ).toEqual({ passed: 5, failed: 7, skipped: 9 });
  });
});
