/** One process of this machine at a time: Nx runs tasks side by side, and buildx has no command that is both look and act. */
import { createHash } from 'node:crypto';
import { connect, createServer, type ListenOptions, type Server, type Socket } from 'node:net';
import { userInfo } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { builderUnfit } from './unfit';

export interface LockOptions {
  /** Milliseconds to wait for it. Default: ten minutes; `Infinity` for what ends by limits of its own. */
  readonly limitMs?: number;
  /** Told once, when it has to wait. */
  readonly onWait?: () => void;
}

/**
 * Runs `action` while holding one of the locks `names`, whichever is free first. The kernel keeps a lock and frees it with
 * its holder, however that one ends: there is no file to be stale, and no moment in which two may both take over from the
 * same dead holder.
 * @throws CiCacheError `BuilderUnfit` when none is free within the limit.
 */
export const withMachineLock = async <Value>(
  names: readonly [string, ...string[]],
  action: () => Promise<Value>,
  { limitMs = 600_000, onWait = () => undefined }: LockOptions = {},
): Promise<Value> => {
  const addresses = names.map((name) => lockAddress(name));
  const deadline = Date.now() + limitMs;
  let held = await takeOne(addresses);
  if (held === undefined) onWait();
  while (held === undefined) {
    if (Date.now() > deadline) throw heldTooLong(names[0], limitMs);
    await oneHolderEnds(addresses, deadline);
    held = await takeOne(addresses);
  }
  try {
    return await action();
  } finally {
    held.release();
  }
};

/** An abstract socket where there are any, a named pipe on Windows, else a loopback port below those handed out by systems. */
export const lockAddress = (name: string, platform: NodeJS.Platform = process.platform): ListenOptions => {
  const digest = createHash('sha256').update(`${userInfo().username}\0${name}`).digest();
  const id = `nx-ci-cache-${digest.toString('hex', 0, 16)}`;
  if (platform === 'linux') return { path: `\0${id}` };
  if (platform === 'win32') return { path: `\\\\.\\pipe\\${id}` };
  return { host: '127.0.0.1', port: 20_000 + (digest.readUInt16BE() % 10_000) };
};

interface Held {
  readonly release: () => void;
}

const takeOne = async (addresses: readonly ListenOptions[]): Promise<Held | undefined> => {
  for (const address of addresses) {
    const held = await take(address);
    if (held !== undefined) return held;
  }
  return undefined;
};

/** Undefined when somebody else holds it. */
const take = (address: ListenOptions): Promise<Held | undefined> =>
  new Promise((resolve, reject) => {
    const waiting = new Set<Socket>();
    const server: Server = createServer((socket) => {
      waiting.add(socket.on('error', () => undefined).on('close', () => waiting.delete(socket)));
    });
    const release = () => {
      server.close();
      waiting.forEach((socket) => socket.destroy());
    };
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen({ ...address, exclusive: true }, () => resolve({ release }));
  });

/** A connection ends with its lock: by release, or because the holder is no more. */
const oneHolderEnds = async (addresses: readonly ListenOptions[], deadline: number): Promise<void> => {
  const sockets = addresses.map(({ path, host = '', port = 0 }) =>
    connect(path === undefined ? { port, host } : { path }),
  );
  const endAll = () => sockets.forEach((socket) => socket.destroy());
  const timer = Number.isFinite(deadline) ? setTimeout(endAll, deadline - Date.now()) : undefined;
  await Promise.race(
    sockets.map(
      (socket) => new Promise<void>((resolve) => void socket.on('error', () => undefined).on('close', resolve)),
    ),
  );
  clearTimeout(timer);
  endAll();
  // Whoever listens at that port without being one of us may close at once, and so may a holder that is just releasing.
  await delay(20);
};

const heldTooLong = (name: string, limitMs: number) =>
  builderUnfit(
    `another process has been at work on ${name} for ${limitMs / 60_000} minutes`,
    'End that process, then run again.',
    {},
  );
