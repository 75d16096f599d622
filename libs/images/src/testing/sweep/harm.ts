/** What a fault does to the parts that a run needs, each once however often it is met, and what mends all of it. */
import { createServer, type Socket } from 'node:net';
import { killDaemon, startNode } from '@nx-ci-cache/testbed';
import { processesOf } from '@nx-ci-cache/process/src/testing/processes';
import type { Sweep } from './sweep';

export interface Harm {
  readonly killTools: () => void;
  readonly killNode: () => Promise<void>;
  readonly killRegistry: () => Promise<void>;
  /** In place of the node listens what never answers. */
  readonly hangNode: () => Promise<void>;
  readonly fill: (name: 'node' | 'registry') => Promise<void>;
  readonly mend: () => Promise<void>;
}

export const harming = ({ world, registry, disks }: Sweep): Harm => {
  const done = new Map<string, Promise<void>>();
  const mends: (() => Promise<void>)[] = [];
  const once = (name: string, act: () => Promise<void>, mend: () => Promise<void>): Promise<void> => {
    const begun = done.get(name) ?? act();
    if (!done.has(name)) mends.unshift(() => begun.then(mend));
    done.set(name, begun);
    return begun;
  };
  const killNode = () =>
    once(
      'kill node',
      () => killDaemon(world.stateDir, 'amd64'),
      () => startNode(world.stateDir, 'amd64'),
    );
  return {
    killNode,
    killRegistry: () => once('kill registry', registry.kill, registry.start),
    killTools: () => toolsOf(world.stateDir).forEach(({ pid }) => process.kill(pid, 'SIGKILL')),
    hangNode: async () => {
      await killNode();
      const held = new Set<Socket>();
      const silent = createServer((socket) => void held.add(socket.on('error', () => undefined)));
      await once(
        'hang',
        () => new Promise((resolve) => silent.listen(socketOf(world.environment), resolve)),
        async () => {
          silent.close();
          for (const socket of held) socket.destroy();
        },
      );
    },
    fill: (name) => once(`fill ${name}`, disks[name].fill, disks[name].makeRoom),
    mend: async () => {
      for (const mend of mends) await mend();
    },
  };
};

/** The tools of a run, not the stack's daemons. */
export const toolsOf = (stateDir: string) =>
  processesOf(stateDir).filter(({ command }) => /^\S*\bbuildx /.test(command));

const socketOf = ({ CI_CACHE_BUILDKIT_AMD64: endpoint = '' }: NodeJS.ProcessEnv): string =>
  endpoint.replace('unix://', '');
