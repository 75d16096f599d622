/** Debian's own registration in a binfmt_misc of its own, which a user namespace has; apt and Docker's engine are stand-ins. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installEmulator } from './install';

let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ci-cache-emulator-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const foreign = process.arch === 'arm64' ? 'linux/amd64' : 'linux/arm64';
const env = () => ({ PATH: `${folder}:${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` });
const standIn = (name: string, ...lines: string[]) => {
  writeFileSync(join(folder, name), ['#!/bin/sh', `echo "$@" >>"$0.log"`, ...lines, ''].join('\n'));
  chmodSync(join(folder, name), 0o755);
};
const log = (name: string) => readFileSync(join(folder, `${name}.log`), 'utf8');

const inOwn = ['-Urm', 'sh', '-ec', 'mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc && exec "$@"', 'sh'];
// Linux 6.7 or newer, where users may make namespaces.
const can = spawnSync('unshare', [...inOwn, 'update-binfmts', '--version'], { stdio: 'ignore' }).status === 0;

(can ? it : it.skip)('is registered by packages, with the flag F', () => {
  standIn('apt-get');
  const script = [
    `const { installEmulator } = require(${JSON.stringify(join(__dirname, 'install.ts'))});`,
    `const { readEmulator } = require(${JSON.stringify(join(__dirname, 'binfmt.ts'))});`,
    `(async () => {`,
    `  const before = await readEmulator('${foreign}');`,
    `  await installEmulator('packages', '${foreign}', { PATH: process.env.PATH });`,
    `  console.log(before, await readEmulator('${foreign}'));`,
    `})().catch((error) => console.log(String(error)));`,
  ].join('\n');
  const node = [process.execPath, '--require', '@swc-node/register', '--eval', script];
  const cwd = join(__dirname, '../../../../..');
  const said = execFileSync('unshare', [...inOwn, ...node], {
    cwd,
    env: { ...process.env, ...env() },
    encoding: 'utf8',
  });
  expect(said).toBe('absent ready\n');
  expect(log('apt-get')).toBe('install --yes --no-install-recommends qemu-user-static binfmt-support\n');
});

it('says in their words that packages could not be installed', async () => {
  standIn('apt-get', 'echo "E: are you root?" >&2; exit 100');
  await expect(installEmulator('packages', foreign, env())).rejects.toMatchObject({
    code: 'BuilderUnfit',
    message: expect.stringMatching(/could not be installed: .*are you root/s),
  });
});

it('takes the word of the image, which exits with 0 whatever happens', async () => {
  standIn('docker', `echo 'installing: failed'`, `echo '{ "supported": ["linux/386"], "emulators": [] }'`);
  await expect(installEmulator('engine', foreign, env())).rejects.toMatchObject({
    code: 'BuilderUnfit',
    message: expect.stringContaining('the image does not name it as supported'),
  });
  standIn('docker', `echo 'installing: OK'`, `echo '{ "supported": ["linux/386", "${foreign}"], "emulators": [] }'`);
  await expect(installEmulator('engine', foreign, env())).resolves.toBeUndefined();
  expect(log('docker')).toContain(`--install ${foreign.split('/')[1]}`);
});
