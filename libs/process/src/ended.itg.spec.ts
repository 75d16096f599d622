/** However this process ends, its children with their helpers and its private folders end with it, and so does the guardian. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ci-cache-ended-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a command, whose helper hears no signal, in a private folder. Tells their ids on stdout once all are there. */
const script = `
  const { endWithRun, inPrivateFolder, run } = require(process.argv[1]);
  endWithRun();
  const helper = "process.on('SIGTERM', () => {}); process.on('SIGHUP', () => {}); process.on('SIGINT', () => {});"
    + "console.error(process.pid); setInterval(() => require('node:fs').writeFileSync(process.argv[1] + '/' + Date.now(), ''), 1)";
  const command = "require('node:child_process').spawn(process.execPath, ['-e', process.argv[1], process.argv[2]], { stdio: 'inherit' });"
    + "console.error(process.pid); setInterval(() => {}, 1000)";
  const seen = [process.pid];
  void inPrivateFolder('ci-cache-test-', (folder) => run(
    { file: process.execPath, args: ['-e', command, helper, folder], env: { PATH: process.env.PATH } },
    { onRawLine: (line) => { seen.push(Number(line)); if (seen.length === 3) console.log(JSON.stringify(seen)); } },
  ));`;

const started = async (under: readonly string[] = []): Promise<{ child: ChildProcess; pids: number[] }> => {
  const [file = '', ...args] = [
    ...under,
    ...[process.execPath, '--require', '@swc-node/register', '-e', script, join(__dirname, 'index.ts')],
  ];
  const child = spawn(file, args, {
    cwd: join(__dirname, '../../..'),
    env: { ...process.env, TMPDIR: folder },
    // A group of its own, as a shell gives to what runs in the foreground.
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout as NodeJS.ReadableStream), 'line')) as [string];
  return { child, pids: JSON.parse(line) as number[] };
};

const isRunning = (pid: number): boolean => {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
};

/** Processes of the guardian's script that hold the pipe of `pid`. */
const guardianOf = (pid: number): number[] =>
  readdirSync('/proc').flatMap((name) => {
    try {
      const isOurs = readFileSync(`/proc/${name}/stat`, 'utf8').includes(`(sh) S ${pid} `);
      return isOurs ? [Number(name)] : [];
    } catch {
      return [];
    }
  });

/** Only ends what would wait for ever. */
const patienceMs = 60_000;

const until = async (isSo: () => boolean): Promise<void> => {
  for (const end = Date.now() + patienceMs; !isSo(); await new Promise((resolve) => setTimeout(resolve, 10)))
    if (Date.now() > end) throw new Error(`still not so after ${patienceMs / 1000} s`);
};

const allGone = async (pids: readonly number[]): Promise<void> => {
  await until(() => !pids.some(isRunning));
  await until(() => readdirSync(folder).length === 0);
};

it.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s to the group', async (signal, code) => {
  const { child, pids } = await started();
  const [guardian = 0] = guardianOf(child.pid as number);
  expect(isRunning(guardian)).toBe(true);
  process.kill(-(child.pid as number), signal);
  expect(await once(child, 'exit')).toEqual([code, null]);
  // The process has done it by itself.
  expect(readdirSync(folder)).toEqual([]);
  await allGone([...pids, guardian]);
});

it('SIGKILL', async () => {
  const { child, pids } = await started();
  const [guardian = 0] = guardianOf(child.pid as number);
  process.kill(-(child.pid as number), 'SIGKILL');
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
  await allGone([...pids, guardian]);
});

it('SIGKILL to its parent, as when nx is killed', async () => {
  const { child, pids } = await started(['sh', '-c', '"$@"; exit', 'parent']);
  expect(pids).not.toContain(child.pid);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await allGone(pids);
});

it('nothing holds a process that has done its work, nor what reads its output', async () => {
  const work = `
    const { inPrivateFolder, run } = require(process.argv[1]);
    void inPrivateFolder('ci-cache-test-', async () => {
      const { stdout } = await run({ file: 'echo', args: ['done'], env: { PATH: process.env.PATH } });
      process.stdout.write(stdout);
    });`;
  const child = spawn(process.execPath, ['--require', '@swc-node/register', '-e', work, join(__dirname, 'index.ts')], {
    cwd: join(__dirname, '../../..'),
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (part: Buffer) => (printed += String(part)));
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(printed).toBe('done\n');
  expect(existsSync(folder) && readdirSync(folder)).toEqual([]);
});
