/** A server lives as long as the work that needs it. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnvironment } from './environment';
import { withServer } from './server';

const node = (script: string) => ({ file: process.execPath, args: ['-e', script], env: childEnvironment() });
it('is there for the work, and is told to end afterwards, whatever became of it', async () => {
  const server = node(
    'process.on("SIGTERM", () => process.exit()); console.error(`pid ${process.pid}\\nI listen`); setInterval(() => 0, 1e3)',
  );
  await expect(withServer(server, 'listen', () => Promise.resolve(3))).resolves.toBe(3);
  await expect(withServer(server, 'listen', () => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
});

it('is ended with all it has started', async () => {
  const pipe = join(await mkdtemp(join(tmpdir(), 'nx-ci-cache-server-')), 'pipe');
  execFileSync('mkfifo', [pipe]);
  // The end of the pipe comes with the end of whoever wrote to it.
  const written = readFile(pipe, 'utf8');
  const child = `require("fs").writeSync(require("fs").openSync(${JSON.stringify(pipe)}, "w"), "I live");
    console.error("it listens"); setInterval(() => 0, 1e3)`;
  const script = `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { stdio: "inherit" });
    process.on("SIGTERM", () => process.exit()); setInterval(() => 0, 1e3)`;
  await withServer(node(script), 'listens', async () => undefined);
  await written;
});

it('fails in its own words when it never answers, or is not there', async () => {
  await expect(
    withServer(node('console.error("port taken"); process.exit(2)'), 'listens', () => Promise.resolve()),
  ).rejects.toMatchObject({ code: 'CommandFailed', data: { stderr: 'port taken' } });
  await expect(
    withServer({ file: 'no-such-server', args: [], env: {} }, 'listens', () => Promise.resolve()),
  ).rejects.toMatchObject({ code: 'CommandFailed', data: { systemError: 'ENOENT' } });
});
