/** Stops and starts one node behind its endpoint, for tests of what happens when a builder goes away. */
import { clearNode } from './daemons';
import { layoutOf } from './layout';
import { endProcess } from './process/end';
import { withLock } from './process/lock';
import { readState, writeState } from './state';
import { up } from './up';
import type { NodeName } from './words';

/** buildkitd waits for its builds when asked to end; a node that goes away does not. */
const graceMs = 500;

export const stopNode = (stateDir: string, node: NodeName): Promise<void> => {
  const layout = layoutOf(stateDir);
  return withLock(layout.lock, async () => {
    const state = await readState(layout);
    if (state === undefined) return;
    const { [node]: stopped, ...daemons } = state.daemons;
    await endProcess(stopped, graceMs);
    await clearNode(layout, node);
    await writeState(layout, { ...state, daemons });
  });
};

/** On the same socket as before. */
export const startNode = (stateDir: string, node: NodeName): Promise<void> => up(stateDir, { parts: [node] });
