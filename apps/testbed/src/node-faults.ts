/** Stops and starts one node behind its endpoint, for tests of what happens when a builder goes away. */
import { clearNode } from './daemons';
import { layoutOf } from './layout';
import { endProcess, killProcesses } from './process/end';
import type { ProcessIdentity } from './process/identity';
import { withLock } from './process/lock';
import { readState, writeState } from './state';
import { up } from './up';
import type { NodeName } from './words';

/** buildkitd waits for its builds when asked to end; a node that goes away does not. */
const graceMs = 500;

export const stopNode = (stateDir: string, node: NodeName): Promise<void> =>
  takeAway(stateDir, node, (daemon) => endProcess(daemon, graceMs));

/** Without a word to those who build on it, as a machine that loses its power. */
export const killNode = (stateDir: string, node: NodeName): Promise<void> =>
  takeAway(stateDir, node, (daemon) => killProcesses([daemon]));

const takeAway = (stateDir: string, node: NodeName, end: (daemon: ProcessIdentity) => Promise<void>): Promise<void> => {
  const layout = layoutOf(stateDir);
  return withLock(layout.lock, async () => {
    const state = await readState(layout);
    if (state === undefined) return;
    const { [node]: stopped, ...daemons } = state.daemons;
    if (stopped !== undefined) await end(stopped);
    await clearNode(layout, node);
    await writeState(layout, { ...state, daemons });
  });
};

/** On the same socket as before. */
export const startNode = (stateDir: string, node: NodeName): Promise<void> => up(stateDir, { parts: [node] });
