/** The ways a test reaches the same repository; each ends what it started, by pid. */
import { accessSync, constants } from 'node:fs';
import { startHttp } from './http-server';
import { sshdPath, startSsh } from './ssh-server';
import type { Transport } from './server';
import type { World } from './world';

export type TransportName = 'file' | 'http' | 'ssh' | 'ssh, protocol 0';

export const transports: Readonly<Record<TransportName, (world: World) => Promise<Transport>>> = {
  file: async ({ remote }) => ({ access: { remote }, stop: async () => undefined }),
  http: startHttp,
  ssh: startSsh,
  'ssh, protocol 0': (world) => startSsh(world, false),
};

/** Whether the tests of a transport are shown as skipped for want of its server: a person's run may do without, a CI's fails. */
export const isSkipped = (missing: string | undefined, environment: NodeJS.ProcessEnv = process.env): boolean =>
  missing !== undefined && !environment['CI'];

/** The transport, started. @throws Error with the words of `unavailable` where its server is missing. */
export const startTransport = async (name: TransportName, world: World): Promise<Transport> => {
  const missing = unavailable(name);
  if (missing !== undefined) throw new Error(missing);
  return transports[name](world);
};

/** Why a transport cannot be tested on this machine, undefined when it can. */
export const unavailable = (name: TransportName): string | undefined => {
  if (!name.startsWith('ssh')) return undefined;
  try {
    accessSync(sshdPath, constants.X_OK);
    return undefined;
  } catch {
    return `${sshdPath} is not there: run tools/setup`;
  }
};
