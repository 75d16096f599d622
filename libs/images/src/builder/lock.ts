/** One process of this machine at a time: Nx runs tasks side by side, and buildx has no command that is both look and act. */
import { createHash } from 'node:crypto';
import { connect, createServer, type ListenOptions, type Server, type Socket } from 'node:net';
import { userInfo } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { builderUnfit } from './unfit';

const limitMs = 600_000;

/**
 * Runs `action` while holding the lock `name`. The kernel keeps the lock and frees it with its holder, however that one
 * ends: there is no file to be stale, and no moment in which two may both take over from the same dead holder.
 * @throws CiCacheError `BuilderUnfit` when it is not free within ten minutes.
 */
export const withMachineLock = async <Value>(name: string, action: () => Promise<Value>): Promise<Value> => {
  const address = lockAddress(name);
  const deadline = Date.now() + limitMs;
  let held = await take(address);
  while (held === undefined) {
    if (Date.now() > deadline) throw heldTooLong(name);
    await holderEnds(address, deadline);
    held = await take(address);
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

/** Undefined when somebody else holds it. */
const take = (address: ListenOptions): Promise<{ readonly release: () => void } | undefined> =>
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

/** The connection ends with the lock: by release, or because the holder is no more. */
const holderEnds = async ({ path, host = '', port = 0 }: ListenOptions, deadline: number): Promise<void> => {
  const socket = path === undefined ? connect({ port, host }) : connect({ path });
  const timer = setTimeout(() => socket.destroy(), deadline - Date.now());
  await new Promise<void>((resolve) => void socket.on('error', () => undefined).on('close', resolve));
  clearTimeout(timer);
  // Whoever listens at that port without being one of us may close at once, and so may a holder that is just releasing.
  await delay(20);
};

const heldTooLong = (name: string) =>
  builderUnfit(`another process has been at work on ${name} for ten minutes`, 'End that process, then run again.', {});
