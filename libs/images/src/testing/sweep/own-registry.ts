/**
 * The registry of a sweep, on a disk of its own: CNCF Distribution, which replaces a file whole or not at all. The stack's
 * older one cuts a tag's file before it writes it, and no longer knows what a full disk lets it not write.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@nx-ci-cache/process/src/testing/daemon';
import { ownDisk, type OwnDisk } from '@nx-ci-cache/testbed';
import { serveDistribution } from '../distribution';

export interface OwnRegistry {
  readonly host: string;
  readonly disk: OwnDisk;
  readonly kill: () => Promise<void>;
  /** Where it was. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export const startOwnRegistry = async (): Promise<OwnRegistry> => {
  const folder = await mkdtemp(join(tmpdir(), 'ci-cache-registry-'));
  const data = join(folder, 'data');
  await mkdir(data);
  const disk = await ownDisk(data);
  const host = `127.0.0.1:${await freePort()}`;
  const serve = () => serveDistribution(folder, { host, data, auth: {}, deletes: true });
  let end = await serve();
  return {
    ...{ host, disk },
    kill: () => end('SIGKILL'),
    start: async () => {
      end = await serve();
    },
    stop: async () => {
      await end();
      await disk.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
