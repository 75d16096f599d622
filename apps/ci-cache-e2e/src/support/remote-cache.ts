/** Nx's self-hosted remote cache on loopback: `GET` and `PUT` of `/v1/cache/<hash>`, which a test lets answer wrongly or poisons. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { execute } from './execute';
import { e2eFolder } from './workspace';

export interface RemoteCache {
  /** What lets Nx use it. */
  readonly env: Readonly<Record<string, string>>;
  /** How many entries it holds. */
  readonly size: () => number;
  /** Answers each request by this status, or breaks its connection without a word; undefined serves again. */
  readonly answer: (how: number | 'nothing' | undefined) => void;
  /** Hands each entry, unpacked, to `change`, and keeps what became of it. Gives how many it said it changed. */
  readonly rewrite: (change: (folder: string) => number) => Promise<number>;
  /** Gives back what was there, for `rewrite` to be undone. */
  readonly kept: () => () => void;
  readonly stop: () => void;
}

export const startRemoteCache = async (): Promise<RemoteCache> => {
  let entries: ReadonlyMap<string, Buffer> = new Map();
  let fault: number | 'nothing' | undefined;
  const server = createServer(async (request, response) => {
    const hash = /^\/v1\/cache\/(\w+)$/.exec(request.url ?? '')?.[1] ?? '';
    const body = await bytesOf(request);
    if (fault === 'nothing') return void response.destroy();
    if (fault !== undefined)
      return void response.writeHead(fault, { 'content-type': 'text/plain' }).end('as the test wishes');
    if (request.method !== 'PUT') {
      const entry = entries.get(hash);
      return void response.writeHead(entry === undefined ? 404 : 200).end(entry);
    }
    if (!entries.has(hash)) entries = new Map([...entries, [hash, body]]);
    response.writeHead(200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    env: { NX_SELF_HOSTED_REMOTE_CACHE_SERVER: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    size: () => entries.size,
    answer: (how) => void (fault = how),
    rewrite: async (change) => {
      let changed = 0;
      const rewritten = new Map<string, Buffer>();
      for (const [hash, bytes] of entries) {
        const [entry, count] = await repacked(bytes, change);
        rewritten.set(hash, entry);
        changed += count;
      }
      entries = rewritten;
      return changed;
    },
    kept: () => {
      const before = entries;
      return () => void (entries = before);
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

const bytesOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const repacked = async (bytes: Buffer, change: (folder: string) => number): Promise<[Buffer, number]> => {
  const home = mkdtempSync(join(e2eFolder(), 'entry-'));
  const [packed, folder] = [`${home}.tar.gz`, home];
  writeFileSync(packed, bytes);
  await execute('tar', ['-xzf', packed, '-C', folder], { cwd: home });
  const count = change(folder);
  // Nx knows its own two files by their very names: no `./` before them.
  await execute('tar', ['-czf', packed, '-C', folder, ...readdirSync(folder)], { cwd: home });
  const entry = count === 0 ? bytes : readFileSync(packed);
  for (const path of [packed, folder]) rmSync(path, { recursive: true });
  return [entry, count];
};
