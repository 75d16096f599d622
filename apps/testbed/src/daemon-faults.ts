/** Stops and kills one daemon behind its endpoint, for tests of what happens when it goes away. */
import { clearNode } from './daemons';
import { layoutOf, type Layout } from './layout';
import { endProcess, killProcesses } from './process/end';
import type { ProcessIdentity } from './process/identity';
import { withLock } from './process/lock';
import { readState, writeState } from './state';
import { up } from './up';
import { isNode, type DaemonName, type NodeName } from './words';

/** buildkitd waits for its builds when asked to end; a node that goes away does not. */
const graceMs = 500;

export const stopNode = (stateDir: string, node: NodeName): Promise<void> =>
  takeAway(stateDir, node, (daemon) => endProcess(daemon, graceMs));

/** Without a word to those who use it, as a machine that loses its power. */
export const killDaemon = (stateDir: string, name: DaemonName): Promise<void> =>
  takeAway(stateDir, name, (daemon) => killProcesses([daemon]));

/** @param meanwhile what is done while it is away. */
export const takeAway = (
  stateDir: string,
  name: DaemonName,
  end: (daemon: ProcessIdentity) => Promise<void>,
  meanwhile: (layout: Layout) => Promise<void> = async () => undefined,
): Promise<void> => {
  const layout = layoutOf(stateDir);
  return withLock(layout.lock, async () => {
    const state = await readState(layout);
    if (state === undefined) return;
    const { [name]: stopped, ...daemons } = state.daemons;
    if (stopped !== undefined) await end(stopped);
    if (isNode(name)) await clearNode(layout, name);
    await writeState(layout, { ...state, daemons });
    await meanwhile(layout);
  });
};

/** On the same socket as before. */
export const startNode = (stateDir: string, node: NodeName): Promise<void> => up(stateDir, { parts: [node] });
