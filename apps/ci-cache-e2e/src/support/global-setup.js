/** Runs once before all e2e files, in a process of its own: jest would load ES modules of npm as CommonJS here. */
const { execFileSync } = require('node:child_process');
const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const fixture = (action, folder) =>
  execFileSync(process.execPath, ['--require', '@swc-node/register', join(__dirname, 'fixture.ts'), action, folder], {
    env: { ...process.env, TS_NODE_PROJECT: join(__dirname, '../../../../tsconfig.base.json') },
    stdio: ['ignore', 'inherit', 'inherit'],
  });

module.exports = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nx-ci-cache-e2e-'));
  process.env.E2E_FOLDER = folder;
  try {
    fixture('up', folder);
  } catch (error) {
    fixture('down', folder);
    throw error;
  }
};

module.exports.fixture = fixture;
