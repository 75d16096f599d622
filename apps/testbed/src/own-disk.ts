/** Gives a daemon a disk of its own, which can be full while the machine's has room. */
import { mkdir, rename, rm, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { childEnvironment, run } from '@nx-ci-cache/process';
import { takeAway } from './daemon-faults';
import { killProcesses } from './process/end';
import { waitUntil } from './process/wait';
import { up } from './up';
import type { DaemonName } from './words';

export interface OwnDisk {
  /** Leaves no byte free. */
  readonly fill: () => Promise<void>;
  readonly makeRoom: () => Promise<void>;
}

const bytes = 2 * 1024 ** 3;
const fillWithinMs = 10_000;
/** What `mount` exits with. */
const refused = 32;

/** In memory, no more of it than is written there; gone with the stack. What the daemon had stays. */
export const onOwnDisk = async (stateDir: string, name: DaemonName): Promise<OwnDisk> => {
  let folder = '';
  await takeAway(
    stateDir,
    name,
    (daemon) => killProcesses([daemon]),
    async (layout) => {
      folder = dirname(layout.data(name));
      const before = `${folder}.before`;
      await rename(folder, before);
      await mkdir(folder);
      await mount(['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder]);
      // With devices and attributes, of which layers are made.
      await run({ file: 'cp', args: ['--archive', '--', `${before}/.`, folder], env: childEnvironment() });
      await rm(before, { recursive: true });
    },
  );
  await up(stateDir, { parts: [name] });
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
  };
};

const mount = async (args: readonly string[], accept: readonly number[] = [0]): Promise<number> =>
  (await run({ file: 'mount', args, env: childEnvironment() }, { accept })).exitCode;
