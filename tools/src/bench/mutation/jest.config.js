/** The unit tests that judge mutants: of the two libraries that are mutated, without real tools. */
const { join } = require('node:path');

module.exports = {
  preset: './jest.preset.js',
  rootDir: join(__dirname, '../../../..'),
  testMatch: ['<rootDir>/libs/{branch,process}/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '\\.itg\\.spec\\.ts$'],
};
