/**
 * A node builds no more legs at once than it is said to: builds that share a machine gain nothing, and each takes longer.
 * Nx knows how many tasks may run, and nothing of nodes.
 */
import type { BuilderNode } from '@nx-ci-cache/records';
import type { BuilderDefinition } from './definition';
import { withMachineLock } from './lock';

export interface BuildNode {
  readonly name: string;
  /** What tells its machine from others, whichever builder names it. */
  readonly machine: string;
  /** Builds at once. */
  readonly jobs: number;
  readonly platforms: readonly string[];
}

/** The nodes of a builder, in its order. @param nodes as they are configured. */
export const buildNodes = (
  { name: builder, nodes: defined }: BuilderDefinition,
  nodes: readonly Pick<BuilderNode, 'jobs'>[],
): readonly BuildNode[] =>
  defined.map(({ name, address, platforms }, at) => ({
    ...{ name, platforms },
    machine: address ?? `${builder}/${name}`,
    jobs: nodes[at]?.jobs ?? 1,
  }));

/**
 * Builds when the node has room, whoever else of this machine builds there. It waits as long as others build: each build
 * has its limits, and what a dead process held is free.
 */
export const inTurn = <Value>(
  { machine, jobs }: BuildNode,
  build: () => Promise<Value>,
  onWait: () => void,
): Promise<Value> => {
  const [first = '', ...others] = Array.from({ length: jobs }, (_, slot) => `node ${machine} ${slot}`);
  return withMachineLock([first, ...others], build, { limitMs: Infinity, onWait });
};
