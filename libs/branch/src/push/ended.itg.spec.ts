/** A process that is told to end in the middle of a push takes its git and its private repositories along. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshWorld, type World } from '../testing/world';

let world: World;
freshWorld((each) => (world = each));

/** As asExecutor ends: `exit` runs what is to be tidied up. */
const script = (request: object): string =>
  [
    `process.once('SIGTERM', () => process.exit(143));`,
    `const { publishFiles } = require(${JSON.stringify(join(__dirname, 'publish.ts'))});`,
    `const { permissionOf } = require('@nx-ci-cache/records');`,
    `void publishFiles({ ...${JSON.stringify(request)}, permission: permissionOf({}).constraints });`,
  ].join('\n');

it('leaves no folder behind', async () => {
  const pipe = join(world.folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  world.hook('pre-receive', `echo pushing > ${pipe}; exec cat ${pipe}`);
  const child = spawn(process.execPath, ['--require', '@swc-node/register', '--eval', script(world.request())], {
    cwd: join(__dirname, '../../../..'),
    stdio: 'inherit',
  });
  const ended = once(child, 'exit');
  expect(await readFile(pipe, 'utf8')).toBe('pushing\n');
  const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`ci-cache-git-${child.pid}-`));
  expect(folders()).toHaveLength(1);
  child.kill('SIGTERM');
  expect(await ended).toEqual([143, null]);
  expect(folders()).toEqual([]);
  expect(world.tip()).toBeNull();
});
