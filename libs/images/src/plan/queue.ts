/**
 * Which leg each node builds next. The last leg of a queue ends a run: so the longest come first, and what the nodes have
 * left at the end is short.
 */
import { isNative, type LastBuild } from '@nx-ci-cache/records';
import type { BuildNode } from '../builder/build-node';

export interface StaleLeg {
  readonly name: string;
  readonly platform: string;
  /** What is known of its last build. */
  readonly last?: LastBuild;
  /** Names of the legs it starts from. Default: none. */
  readonly bases?: readonly string[];
}

export interface NodeQueue<Leg extends StaleLeg = StaleLeg> {
  readonly node: BuildNode;
  /** In the order of building, never empty. */
  readonly legs: readonly Leg[];
}

/**
 * A node has a queue when it has a leg to build; legs of equal length keep their order. What others start from counts as
 * long as the longest of them on top of it, and comes before them: both are of one platform, so of one queue.
 */
export const nodeQueues = <Leg extends StaleLeg>(
  legs: readonly Leg[],
  nodes: readonly BuildNode[],
): readonly NodeQueue<Leg>[] =>
  nodes.flatMap((node) => {
    const own = legs.filter(({ platform }) => node.platforms.includes(platform));
    const chains = own.map((leg) => ({ leg, ...chainOf(leg, node, own) }));
    return own.length === 0 ? [] : [{ node, legs: chains.sort(longestFirst).map(({ leg }) => leg) }];
  });

interface Chain {
  readonly length: number;
  /** How many legs are built one after another from it on. */
  readonly legs: number;
}

const chainOf = (leg: StaleLeg, node: BuildNode, own: readonly StaleLeg[]): Chain => {
  const users = own.filter(({ bases = [] }) => bases.includes(leg.name)).map((user) => chainOf(user, node, own));
  return {
    length: expectedLength(leg, node, own) + Math.max(0, ...users.map(({ length }) => length)),
    legs: 1 + Math.max(0, ...users.map(({ legs }) => legs)),
  };
};

/** Lengths that nobody knows are equal, however many are added up: then the longer chain decides. */
const longestFirst = (left: Chain, right: Chain): number =>
  left.length === right.length ? right.legs - left.legs : right.length - left.length;

/** What was never timed was never cached either: it counts as longer than all that was, and longest where it is emulated. */
const expectedLength = (leg: StaleLeg, node: BuildNode, own: readonly StaleLeg[]): number => {
  if (leg.last?.seconds !== undefined) return leg.last.seconds;
  return isEmulated(leg, node, own) ? Number.MAX_VALUE : Number.MAX_SAFE_INTEGER;
};

/** As builds of the platform there proved it; where none did, a node is a machine of the platform it is given first. */
const isEmulated = ({ platform }: StaleLeg, { platforms }: BuildNode, own: readonly StaleLeg[]): boolean => {
  const [ranOn] = own.flatMap((leg) => (leg.platform === platform ? (leg.last?.ranOn ?? []) : []));
  return !isNative(platform, ranOn ?? platforms[0] ?? platform);
};

/** In words, with what each place goes by. */
export const queueWords = (queues: readonly NodeQueue[]): string =>
  queues
    .map(({ node, legs }) => {
      const atOnce = node.jobs === 1 ? '' : `, ${node.jobs} at once`;
      return `node ${node.name}${atOnce}: ${legs.map((leg) => legWords(leg, node, legs)).join(', ')}`;
    })
    .join('; ');

const legWords = (leg: StaleLeg, node: BuildNode, own: readonly StaleLeg[]): string => {
  const seconds = leg.last?.seconds;
  const emulated = isEmulated(leg, node, own) ? ', emulated' : '';
  const bases = own.filter(({ name }) => leg.bases?.includes(name)).map(({ name }) => `, after ${name}`);
  return `${leg.name} (${seconds === undefined ? 'never timed' : `${seconds} s last time`}${emulated}${bases.join('')})`;
};
