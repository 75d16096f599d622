/** A server on loopback that hangs, redirects, answers in HTML or refuses: an error in time, and no process left. */
import { execFileSync } from 'node:child_process';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { observeBranch } from '../observation/refs';
import { branch, leftovers, makeWorld, type World } from '../testing/world';
import { publishFiles } from './publish';

let world: World;
let server: Server | undefined;
beforeEach(() => {
  world = makeWorld();
});
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  world.remove();
  expect(leftovers()).toEqual([]);
});

const serve = async (listener: RequestListener): Promise<string> => {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}/repo.git`;
};

const helpersFor = (url: string): string =>
  execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes('git') && line.includes(url))
    .join('\n');

it('ends a transfer that hangs with its whole process group', async () => {
  const remote = await serve(() => undefined);
  await expect(publishFiles(world.request({ remote, deadlineMs: 1500 }))).rejects.toMatchObject({
    code: 'CommandFailed',
  });
  expect(helpersFor(remote)).toBe('');
});

it('ends when it is cancelled', async () => {
  const cancelled = new AbortController();
  const remote = await serve(() => cancelled.abort());
  await expect(publishFiles(world.request({ remote, signal: cancelled.signal }))).rejects.toThrow(/cancelled/);
  expect(helpersFor(remote)).toBe('');
});

it('follows no redirect', async () => {
  const asked: (string | undefined)[] = [];
  const remote = await serve((request, response) => {
    asked.push(request.url);
    response.writeHead(302, { location: `/elsewhere.git/info/refs?service=git-upload-pack` }).end();
  });
  await expect(observeBranch(remote, branch)).rejects.toMatchObject({ code: 'CommandFailed' });
  expect(asked.filter((url) => url?.startsWith('/elsewhere'))).toEqual([]);
});

it.each([
  [401, 1],
  [403, 1],
  [404, 1],
  [503, 4],
])('HTTP %i is an error after %i tries', async (status, tries) => {
  let count = 0;
  const remote = await serve((_, response) => {
    count += 1;
    response.writeHead(status, { 'content-type': 'text/html' }).end('<html>');
  });
  await expect(observeBranch(remote, branch)).rejects.toMatchObject({ code: 'CommandFailed' });
  expect(count).toBe(tries);
});

it.each(['<html>', '<html>\n<body>\tlog in</body>\n</html>\n', ''])(
  'the page %j in place of git is an error and no empty branch',
  async (page) => {
    const remote = await serve((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(page));
    await expect(observeBranch(remote, branch)).rejects.toMatchObject({ code: 'CommandFailed' });
  },
);

it('sends the header given for this server, and shows it nowhere', async () => {
  const seen: unknown[] = [];
  const remote = await serve((request, response) => {
    seen.push(request.headers['x-canary']);
    response.writeHead(403).end();
  });
  const environment = {
    ...process.env,
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${new URL(remote).origin}/.extraHeader`,
    GIT_CONFIG_VALUE_0: 'X-Canary: canary-canary',
  };
  const error: unknown = await observeBranch(remote, branch, { environment }).catch((thrown: unknown) => thrown);
  expect(seen).toEqual(['canary-canary']);
  expect(JSON.stringify([error, String(error), (error as Error).stack])).not.toContain('canary-canary');
});
