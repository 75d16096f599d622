import type { Config } from 'jest';

/** Three suites by what a test needs: nothing, the real tools, or the packed plugin in a fresh workspace. */
const suite = (displayName: string, testMatch: string[], ignore: string[] = []) => ({
  displayName,
  preset: './jest.preset.js',
  rootDir: __dirname,
  testMatch: testMatch.map((glob) => `<rootDir>/${glob}`),
  testPathIgnorePatterns: ['/node_modules/', '/dist/', ...ignore],
});

const everywhere = '{libs,tools,apps/ci-cache}/**';

const config: Config = {
  projects: [
    suite('unit', [`${everywhere}/*.spec.ts`], ['\\.itg\\.spec\\.ts$']),
    suite('itg', [`${everywhere}/*.itg.spec.ts`]),
    suite('e2e', ['apps/ci-cache-e2e/**/*.spec.ts']),
  ],
  testTimeout: 120_000,
};

export default config;
