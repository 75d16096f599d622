/** How many tests passed, failed and were skipped, summed over suites. */

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What jest writes with --json. */
export interface JestResults {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  /** Files that could not even be loaded, whose tests nobody counted. */
  readonly numRuntimeErrorTestSuites: number;
}

export const jestCounts = (results: JestResults): Counts => ({
  passed: results.numPassedTests,
  failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
  skipped: results.numPendingTests + results.numTodoTests,
});

/** A suite that ended badly failed, whatever it counted; one that counted nothing did not pass. */
export const suiteCounts = (exitCode: number, counts: Counts | undefined): Counts => {
  const found = counts ?? { passed: exitCode === 0 ? 1 : 0, failed: 0, skipped: 0 };
  const isBad = exitCode !== 0 || found.passed === 0;
  return { ...found, failed: isBad ? Math.max(1, found.failed) : found.failed };
};

export const sum = (all: readonly Counts[]): Counts =>
  all.reduce(
    (total, { passed, failed, skipped }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
