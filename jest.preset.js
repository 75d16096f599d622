const nxPreset = require('@nx/jest/preset').default;

/** Packages published as ES modules only: jest runs CommonJS, so they are compiled like our own source. */
const esmOnly = [
  'execa',
  '@sec-ant',
  '@sindresorhus',
  'figures',
  'get-stream',
  'human-signals',
  'is-network-error',
  'is-plain-obj',
  'is-stream',
  'is-unicode-supported',
  'markdown-table',
  'marked',
  'modern-tar',
  'npm-run-path',
  'p-retry',
  'parse-ms',
  'path-key',
  'pretty-ms',
  'std-env',
  'strip-final-newline',
  'unicorn-magic',
  'yoctocolors',
];

module.exports = {
  ...nxPreset,
  testEnvironment: 'node',
  transform: {
    '^.+\\.[cm]?[tj]s$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})(/|$))`],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.stack', '<rootDir>/.nx'],
};
