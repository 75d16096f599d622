/** What servers do to an exchange, from a server that does it. */
import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { mapConcurrently } from '@nx-ci-cache/process';
import { authorized } from './authorized';
import { httpClient, httpRetry, type HttpOptions } from './client';
import { serveHttp, type TestServer } from './testing/world';

let server: TestServer;
let other: TestServer;
let handle: RequestListener;
let count: number;
/** Authorization headers the other host was sent. */
let sent: (string | undefined)[];

beforeAll(async () => {
  server = await serveHttp((request, response) => {
    count += 1;
    handle(request, response);
  });
  other = await serveHttp((request, response) => {
    sent.push(request.headers.authorization);
    response.end('elsewhere');
  });
});
beforeEach(() => {
  count = 0;
  sent = [];
});
afterAll(() => {
  server.close();
  other.close();
});

const retry = { ...httpRetry, tries: 3, baseMs: 1 };
const client = (options: HttpOptions = {}) => httpClient({ environment: {}, retry, ...options });
const url = (path = '/') => `http://127.0.0.1:${server.port}${path}`;
const get = (path?: string, options?: HttpOptions) => client(options)({ method: 'GET', url: url(path) });

it.each<[string, RequestListener]>([
  ['announced longer', (_request, response) => response.writeHead(200, { 'content-length': '10' }).end('half')],
  [
    'of chunks without an end',
    (_request, response) => {
      response.writeHead(200).write('half', () => response.destroy());
    },
  ],
  [
    'packed',
    (_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('whole').subarray(0, 12)),
  ],
])('takes a cut body, %s, for no answer, and asks again', async (_name, cut) => {
  handle = (request, response) => {
    if (count > 1) return void response.end('whole');
    cut(request, response);
    response.socket?.end();
  };
  expect((await get()).body.toString()).toBe('whole');
  expect(count).toBe(2);
  handle = (request, response) => {
    cut(request, response);
    response.socket?.end();
  };
  await expect(get()).rejects.toMatchObject({ name: 'HttpFailure', facts: { transient: true } });
  expect(count).toBe(5);
});

it('unpacks', async () => {
  handle = ({ headers }, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(String(headers['accept-encoding'])));
  expect((await get()).body.toString()).toBe('gzip');
});

it('bounds the size of what is unpacked', async () => {
  handle = (_request, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(1_000_000)));
  await expect(get('/', { maxBytes: 1000 })).rejects.toThrow(/more than 1000 bytes/);
  expect(count).toBe(1);
});

it('ends an exchange whose body never ends', async () => {
  handle = (_request, response) => void response.writeHead(200).write('x');
  await expect(get('/', { timeoutMs: 200 })).rejects.toThrow(/no whole answer within 0.2 s/);
  expect(count).toBe(3);
});

it('waits as long as it is asked to, and not for what is too long', async () => {
  handle = (_request, response) =>
    count === 1 ? response.writeHead(429, { 'retry-after': '0' }).end() : response.end('now');
  expect((await get()).body.toString()).toBe('now');
  count = 0;
  handle = (_request, response) => response.writeHead(429, { 'retry-after': '86400' }).end();
  await expect(get()).rejects.toMatchObject({
    message: expect.stringMatching(/answered 429 \(too many requests\) and asks to wait 86400 s, longer than the 60 s/),
    facts: { status: 429, transient: false },
  });
  expect(count).toBe(1);
});

it('shows no query of a URL, and no user', async () => {
  handle = (_request, response) => response.writeHead(500).end();
  await expect(get('/x?signature=hush')).rejects.toThrow(/^GET http:\/\/127\.0\.0\.1:\d+\/x\?… answered 500$/);
});

it('follows a redirect, and leaves the account with its host', async () => {
  const headers = { authorization: 'Bearer token' };
  const locations = [`http://127.0.0.1:${other.port}/z`, `http://localhost:${other.port}/z`];
  for (const location of locations) {
    handle = (_request, response) => response.writeHead(307, { location }).end();
    const answer = await client()({ method: 'GET', url: url(), headers });
    expect(answer.body.toString()).toBe('elsewhere');
  }
  expect(sent).toEqual([undefined, undefined]);
  handle = (request, response) =>
    request.url === '/here'
      ? response.end(request.headers.authorization)
      : response.writeHead(302, { location: '/here' }).end();
  expect((await client()({ method: 'GET', url: url(), headers })).body.toString()).toBe('Bearer token');
});

it('follows no circle', async () => {
  handle = (_request, response) => response.writeHead(302, { location: '/' }).end();
  await expect(get()).rejects.toThrow(/redirected more than 5 times/);
  expect(count).toBe(6);
});

it('has few exchanges at a time, and starts none after the first error', async () => {
  let open = 0;
  let most = 0;
  handle = (_request, response) => {
    most = Math.max(most, ++open);
    setImmediate(() => {
      open -= 1;
      response.end();
    });
  };
  const send = client({ atOnce: 4 });
  await Promise.all(Array.from({ length: 40 }, () => send({ method: 'GET', url: url() })));
  expect(most).toBeLessThanOrEqual(4);
  count = 0;
  handle = (_request, response) => response.writeHead(403).end();
  const asked = mapConcurrently([...Array(40).keys()], 4, async () => {
    const { status } = await send({ method: 'GET', url: url() });
    if (status !== 200) throw new Error(`answered ${status}`);
  });
  await expect(asked).rejects.toThrow('answered 403');
  expect(count).toBeLessThanOrEqual(8);
});

describe('authorized', () => {
  const tokenFor = (scope: string) => createHash('sha256').update(scope).digest('hex');

  it('asks for one token per host and scope, however many ask at once, and for a new one when it has run out', async () => {
    let era = 1;
    handle = ({ headers, url: path = '' }, response) => {
      if (headers.authorization === `Bearer ${era}${tokenFor(path)}`) return void response.end(path);
      response.setHeader('www-authenticate', ['Basic realm="a, b"', `Bearer realm="${path}"`]);
      response.writeHead(401).end();
    };
    const answers: string[] = [];
    const ask = authorized(client(), async (challenges, { scope }) => {
      expect(challenges.map(({ scheme }) => scheme)).toEqual(['basic', 'bearer']);
      answers.push(scope);
      return `Bearer ${era}${tokenFor(scope)}`;
    });
    const read = async (scope: string) => {
      const { status } = await ask({ method: 'GET', url: url(scope) }, { host: 'h', scope });
      return status;
    };
    const some = () => Promise.all(['/a', '/a', '/b', '/a', '/b'].map(read));
    expect(await some()).toEqual([200, 200, 200, 200, 200]);
    expect(await some()).toEqual([200, 200, 200, 200, 200]);
    expect(answers.sort()).toEqual(['/a', '/b']);
    era = 2;
    expect(await read('/a')).toBe(200);
    expect(answers).toHaveLength(3);
  });

  it('asks anew after a failed try, and gives back a 401 nobody can answer', async () => {
    handle = (_request, response) => response.writeHead(401, { 'www-authenticate': 'Negotiate' }).end();
    let tries = 0;
    const failing = authorized(client(), () => Promise.reject(new Error(`try ${++tries}`)));
    const request = { method: 'GET', url: url() } as const;
    await expect(failing(request, { host: 'h', scope: '' })).rejects.toThrow('try 1');
    await expect(failing(request, { host: 'h', scope: '' })).rejects.toThrow('try 2');
    const unable = authorized(client(), () => undefined);
    expect(await unable(request, { host: 'h', scope: '' })).toMatchObject({ status: 401 });
  });
});
