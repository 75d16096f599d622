/** A server of another program for tests: on a free loopback port, started when it says so, and ended by its own process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/**
 * @param ready words of the line on its error output that says that it listens.
 * @returns what ends it.
 */
export const startDaemon = async (
  file: string,
  args: readonly string[],
  ready: string,
): Promise<(signal?: NodeJS.Signals) => Promise<void>> => {
  const child = spawn(file, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line);
    if (line.includes(ready)) break;
  }
  if (!said.at(-1)?.includes(ready)) throw new Error(`${file} did not start:\n${said.join('\n')}`);
  child.stderr.resume();
  return async (signal = 'SIGTERM') => {
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
};
