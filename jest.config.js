/** Suites by what a test needs: nothing, the real tools, real tools that fail, or the packed plugin in a fresh workspace. */
const suite = (displayName, testMatch, { ignore = [], ...options } = {}) => ({
  displayName,
  preset: './jest.preset.js',
  rootDir: __dirname,
  testMatch: [`<rootDir>/${testMatch}`],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', ...ignore],
  ...options,
});

const everywhere = '{libs,tools,apps/{ci-cache,testbed,push-faults,report-page}}/**';

/** @type {import('jest').Config} */
module.exports = {
  projects: [
    suite('unit', `${everywhere}/*.spec.ts`, { ignore: ['\\.(itg|faults)\\.spec\\.ts$'] }),
    suite('itg', `${everywhere}/*.itg.spec.ts`),
    suite('faults', 'apps/push-faults/src/*.faults.spec.ts'),
    suite('e2e', 'apps/ci-cache-e2e/**/*.spec.ts', {
      globalSetup: '<rootDir>/apps/ci-cache-e2e/src/support/global-setup.js',
      globalTeardown: '<rootDir>/apps/ci-cache-e2e/src/support/global-teardown.js',
    }),
  ],
  // Above the limit of every single wait in a test, the longest of which is ten minutes: this one only ends what hangs.
  testTimeout: 900_000,
};
