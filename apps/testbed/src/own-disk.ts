/** A disk of its own for what a daemon keeps, which can be full while the machine's has room. */
import { mkdir, rename, rm, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { childEnvironment, run } from '@nx-ci-cache/process';
import { takeAway } from './daemon-faults';
import { killProcesses } from './process/end';
import { unmountBelow } from './process/mounts';
import { waitUntil } from './process/wait';
import { up } from './up';
import type { DaemonName } from './words';

export interface OwnDisk {
  /** Leaves no byte free. */
  readonly fill: () => Promise<void>;
  readonly makeRoom: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

const bytes = 2 * 1024 ** 3;
const fillWithinMs = 10_000;
/** What `mount` exits with. */
const refused = 32;

/** In memory, no more of it than is written there. @param folder that is empty. */
export const ownDisk = async (folder: string): Promise<OwnDisk> => {
  await mount(['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder]);
  const resize = (size: number, accept?: readonly number[]) => mount(['-o', `remount,size=${size}`, folder], accept);
  return {
    fill: async () => {
      // The kernel refuses less than is used, which grows meanwhile.
      const isFull = await waitUntil(async () => {
        const { blocks, bfree, bsize } = await statfs(folder);
        return (await resize((blocks - bfree) * bsize, [0, refused])) === 0;
      }, fillWithinMs);
      if (!isFull) throw new Error(`${folder} cannot be filled`);
    },
    makeRoom: async () => void (await resize(bytes)),
    remove: () => unmountBelow(folder),
  };
};

/** The daemon keeps what it had, and begins anew; the disk goes with the stack. */
export const onOwnDisk = async (stateDir: string, name: DaemonName): Promise<OwnDisk> => {
  const disks: OwnDisk[] = [];
  await takeAway(
    stateDir,
    name,
    (daemon) => killProcesses([daemon]),
    async (layout) => {
      const folder = dirname(layout.data(name));
      const before = `${folder}.before`;
      await rename(folder, before);
      await mkdir(folder);
      disks.push(await ownDisk(folder));
      // With devices and attributes, of which layers are made.
      await run({ file: 'cp', args: ['--archive', '--', `${before}/.`, folder], env: childEnvironment() });
      await rm(before, { recursive: true });
    },
  );
  await up(stateDir, { parts: [name] });
  const [disk] = disks;
  if (disk === undefined) throw new Error(`${name} of ${stateDir} was never up`);
  return disk;
};

/** @returns its exit code. */
const mount = async (args: readonly string[], accept: readonly number[] = [0]): Promise<number> =>
  (await run({ file: 'mount', args, env: childEnvironment() }, { accept })).exitCode;
