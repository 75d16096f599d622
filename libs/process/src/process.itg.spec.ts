import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from './command';
import { commandFailureOf } from './command-failure';
import { CiCacheError } from './errors';
import { childEnvironment } from './environment';
import { readTextIfPresent, writeFileAtomic } from './files';
import { redact } from './redact';
import { run, runForBytes, runStreaming, type RunOptions } from './run';

const node = (script: string, ...args: string[]) => ({
  file: process.execPath,
  args: ['-e', script, ...args],
  env: childEnvironment(),
});

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const folder = () => mkdtemp(join(tmpdir(), 'nx-ci-cache-process-'));

describe('run', () => {
  it('hands arguments on as they are, without a shell', async () => {
    const { stdout } = await run(node('console.log(process.argv[1])', '$(id) "; *'));
    expect(stdout).toBe('$(id) "; *\n');
  });

  it('gives the child the listed environment only', async () => {
    process.env['STRAY_VARIABLE'] = 'stray';
    const { stdout } = await run(node('console.log(JSON.stringify(process.env))'));
    delete process.env['STRAY_VARIABLE'];
    expect(JSON.parse(stdout)).toMatchObject({ LC_ALL: 'C', TZ: 'UTC', PATH: process.env['PATH'] });
    expect(stdout).not.toContain('STRAY_VARIABLE');
  });

  it('judges by the exit code alone', async () => {
    await expect(run(node('console.error("only noise")'))).resolves.toMatchObject({
      exitCode: 0,
      stderr: 'only noise\n',
    });
    await expect(run(node('process.exit(3)'))).rejects.toMatchObject({ code: 'CommandFailed', data: { exitCode: 3 } });
    await expect(run(node('process.exit(3)'), { accept: [3] })).resolves.toMatchObject({ exitCode: 3 });
  });

  it('fails for a command that does not exist and for one that is killed', async () => {
    await expect(run({ file: 'no-such-command', args: [], env: {} })).rejects.toBeInstanceOf(CiCacheError);
    await expect(run(node('process.kill(process.pid, "SIGKILL")'))).rejects.toMatchObject({ code: 'CommandFailed' });
  });

  it('ends the whole group when the time is over', async () => {
    const pidFile = join(await folder(), 'pid');
    const script = `
      const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
      require('node:fs').writeFileSync(process.argv[1], String(child.pid));
      console.error('ready'); setInterval(() => {}, 1000);`;
    const cancelled = new AbortController();
    const ended = run(node(script, pidFile), {
      signal: cancelled.signal,
      onRawLine: (line) => line === 'ready' && cancelled.abort(),
    });
    await expect(ended).rejects.toThrow('was cancelled');
    const grandchild = Number(await readFile(pidFile, 'utf8'));
    while (isAlive(grandchild) && (await readTextIfPresent(`/proc/${grandchild}/stat`))?.includes(') Z ') === false) {
      await new Promise(setImmediate);
    }
    await expect(run(node('setInterval(() => {}, 1000)'), { timeoutMs: 200 })).rejects.toThrow(
      'did not end within 0.2 s',
    );
  });

  it('keeps secrets out of lines, results and errors', async () => {
    process.env['TEST_TOKEN'] = 'canary-0123456789';
    const said: string[] = [];
    const script = 'console.error("token canary-0123456789 at https://me:pw@example.com/x"); process.exit(1)';
    const error = await run(node(script), { onRawLine: (line) => said.push(redact(line)) }).catch(
      (failure: unknown) => failure,
    );
    delete process.env['TEST_TOKEN'];
    expect(said).toEqual(['token *** at https://***@example.com/x']);
    expect(JSON.stringify([error, (error as Error).message, (error as CiCacheError).remedy])).not.toContain('canary');
  });
});

describe('what a command prints', () => {
  const zeros = { file: 'head', args: ['-c', '300000000', '/dev/zero'], env: childEnvironment() };

  it('is refused in words when it is more than may be kept', async () => {
    await expect(runForBytes(zeros)).rejects.toMatchObject({
      message: 'head printed more than 256 MiB on stdout',
      data: { reason: 'output', stdout: '' },
    });
  });

  it('is streamed, however much it is, and the command waits for its reader', async () => {
    let held = 0;
    const count = async (stdout: AsyncIterable<Buffer>) => {
      let bytes = 0;
      for await (const part of stdout) {
        bytes += part.length;
        held = Math.max(held, process.memoryUsage().arrayBuffers);
        if (bytes % 100 === 0) await new Promise(setImmediate);
      }
      return bytes;
    };
    const before = process.memoryUsage().arrayBuffers;
    await expect(runStreaming(zeros, count)).resolves.toMatchObject({ exitCode: 0, value: 300_000_000 });
    expect(held - before).toBeLessThan(100_000_000);
  });

  it('need not be read to its end', async () => {
    const first = async (stdout: AsyncIterable<Buffer>) => {
      for await (const part of stdout) return part[0];
      return undefined;
    };
    await expect(runStreaming(zeros, first)).resolves.toMatchObject({ exitCode: 0, value: 0 });
  });

  it('ends with a reader that fails', async () => {
    const fail = () => Promise.reject(new Error('the reader failed'));
    await expect(runStreaming(node('setInterval(() => console.log(1), 10)'), fail)).rejects.toThrow(
      'the reader failed',
    );
    const onRawLine = () => {
      throw new Error('the listener failed');
    };
    await expect(run(node('setInterval(() => console.error(1), 10)'), { onRawLine })).rejects.toThrow(
      'the listener failed',
    );
  });

  it('ends with a reader that fails and holds on to what it did not read', async () => {
    const fail = async (stdout: AsyncIterable<Buffer>) => {
      const held = (async function* () {
        yield* stdout;
      })();
      await held.next();
      throw new Error('the reader failed');
    };
    await expect(runStreaming(zeros, fail)).rejects.toThrow('the reader failed');
  });

  it('comes in lines, the last one without an end too, and only the end of them is kept', async () => {
    const lines: string[] = [];
    const script = "process.stderr.write('one\\r\\n\\n' + 'é'.repeat(200000) + '\\nlast')";
    const { stderr } = await run(node(script), { onRawLine: (line) => lines.push(line) });
    expect(lines).toEqual(['one', '', 'é'.repeat(200_000), 'last']);
    expect(stderr).toMatch(/^é{60000,70000}\nlast\n$/);
  });
});

describe('the failure of a command', () => {
  const failure = async (command: Command, options: RunOptions = {}) =>
    commandFailureOf(await run(command, options).catch((error: unknown) => error));

  it('is data', async () => {
    const none = { exitCode: null, signal: null, systemError: null };
    expect(await failure(node('console.error("e"); console.log("o"); process.exit(3)'))).toEqual({
      ...none,
      reason: 'exit',
      exitCode: 3,
      stderr: 'e',
      stdout: 'o',
    });
    expect(await failure(node('process.kill(process.pid, "SIGTERM")'))).toMatchObject({
      ...none,
      reason: 'signal',
      signal: 'SIGTERM',
    });
    expect(await failure(node('setInterval(() => {}, 1000)'), { timeoutMs: 1 })).toMatchObject({
      reason: 'timeout',
      signal: 'SIGKILL',
    });
    expect(await failure(node(''), { signal: AbortSignal.abort() })).toMatchObject({ reason: 'cancelled' });
    const missing = { ...none, reason: 'start', systemError: 'ENOENT' };
    expect(await failure({ file: 'no-such-command', args: [], env: {} })).toMatchObject(missing);
    expect(await failure({ ...node(''), cwd: '/no-such-folder' })).toMatchObject(missing);
    expect(await failure(node('x'.repeat(3_000_000)))).toMatchObject({ reason: 'start', systemError: 'E2BIG' });
  });

  it('is none of another error', () => {
    expect(commandFailureOf(new CiCacheError('CommandFailed', 'no', { remedy: 'Do.' }))).toBeUndefined();
    expect(commandFailureOf(new Error('no'))).toBeUndefined();
  });
});

describe('readTextIfPresent', () => {
  it('knows no text of a process that ended after its file was opened', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const stat = await open(`/proc/${child.pid}/stat`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await readTextIfPresent(`/proc/self/fd/${stat.fd}`)).toBeUndefined();
    await stat.close();
  });
});

describe('writeFileAtomic', () => {
  it('replaces the whole file and leaves no draft', async () => {
    const path = join(await folder(), 'deep', 'file');
    await writeFileAtomic(path, 'one');
    await writeFileAtomic(path, 'two');
    expect(await readFile(path, 'utf8')).toBe('two');
    expect(await readdir(join(path, '..'))).toEqual(['file']);
  });

  it('leaves the old file when it cannot write', async () => {
    const blocked = join(await folder(), 'blocked');
    await writeFile(blocked, 'a file, not a folder');
    await expect(writeFileAtomic(join(blocked, 'x'), 'y')).rejects.toThrow();
    expect(await readFile(blocked, 'utf8')).toBe('a file, not a folder');
  });
});
