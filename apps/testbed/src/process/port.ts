/** Loopback ports: the kernel picks a free one, and a remembered one is kept while nobody else has it. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

export const freePort = async (preferred: number | undefined): Promise<number> =>
  (preferred === undefined ? undefined : await tryPort(preferred)) ?? (await tryPort(0)) ?? noPort();

const tryPort = async (port: number): Promise<number | undefined> => {
  const server = createServer();
  try {
    server.listen({ host: '127.0.0.1', port });
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined;
    throw error;
  } finally {
    server.close();
  }
};

const noPort = (): never => {
  throw new Error('The kernel has no free loopback port.');
};
