/** Takes the stack down: ends exactly the processes that its state names. */
import { rm } from 'node:fs/promises';
import { clearNode } from './daemons';
import { layoutOf } from './layout';
import { endProcess } from './process/end';
import { withLock } from './process/lock';
import { unmountBelow } from './process/mounts';
import { readState, writeState } from './state';
import { nodeNames } from './words';

export interface DownOptions {
  /** Also delete the folder, with the registry's content, the builders' caches and the git remote. */
  readonly purge?: boolean;
}

export const down = async (stateDir: string, { purge = false }: DownOptions = {}): Promise<void> => {
  const layout = layoutOf(stateDir);
  // Without a state it is not our folder, whatever else is in it.
  if ((await readState(layout)) === undefined) return;
  await withLock(layout.lock, async () => {
    const state = await readState(layout);
    if (state === undefined) return;
    await Promise.all(Object.values(state.daemons).map((daemon) => endProcess(daemon)));
    for (const node of nodeNames) await clearNode(layout, node);
    await writeState(layout, { ...state, daemons: {} });
    await rm(layout.sockets, { recursive: true, force: true });
    if (!purge) return;
    await unmountBelow(layout.folder);
    await rm(layout.folder, { recursive: true, force: true });
  });
};
