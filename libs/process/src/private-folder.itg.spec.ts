import { existsSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { childEnvironment } from './environment';
import { inPrivateFolder } from './private-folder';
import { run } from './run';

it.each([
  ['done', () => 'done'],
  ['an error', () => Promise.reject(new Error('broken'))],
])('is there for the work and gone after it: %s', async (_name, end) => {
  let used = '';
  const work = inPrivateFolder('ci-cache-test-', async (folder) => {
    writeFileSync(join(folder, 'file'), '');
    used = folder;
    return end();
  });
  await work.catch(() => undefined);
  expect(basename(used)).toMatch(new RegExp(`^ci-cache-test-${process.pid}-`));
  expect(existsSync(used)).toBe(false);
});

it('leaves none of several behind when the process ends in the middle of the work', async () => {
  const script = `
    const { inPrivateFolder } = require(process.argv[1]);
    const used = [];
    const work = async (folder) => {
      require('node:fs').writeFileSync(folder + '/file', '');
      used.push(folder);
      if (used.length < 2) return inPrivateFolder('ci-cache-test-', work);
      console.log(used.join('\\n'));
      process.exit();
    };
    void inPrivateFolder('ci-cache-test-', work);`;
  const file = join(__dirname, 'private-folder.ts');
  const { stdout } = await run({
    file: process.execPath,
    args: ['--require', '@swc-node/register', '-e', script, file],
    env: childEnvironment(),
  });
  const folders = stdout.trim().split('\n');
  expect(folders).toHaveLength(2);
  expect(folders.filter((folder) => existsSync(folder))).toEqual([]);
});
