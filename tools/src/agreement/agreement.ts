/** How far two constraint files say the same: judged on the packages both pin, because only there can they disagree. */
import type { Pins } from '@nx-ci-cache/constraints';

export interface Difference {
  readonly name: string;
  readonly left: string;
  readonly right: string;
}

export interface Agreement {
  /** Number of packages both files pin. */
  readonly shared: number;
  /** Shared packages pinned to different versions, by name. */
  readonly different: readonly Difference[];
  readonly onlyLeft: readonly string[];
  readonly onlyRight: readonly string[];
}

export const agreementOf = (left: Pins, right: Pins): Agreement => {
  const names = [...left.keys()].filter((name) => right.has(name)).sort();
  const pairs = names.map((name) => ({ name, left: left.get(name) ?? '', right: right.get(name) ?? '' }));
  return {
    shared: names.length,
    different: pairs.filter((pair) => pair.left !== pair.right),
    onlyLeft: missingIn(right, left),
    onlyRight: missingIn(left, right),
  };
};

const missingIn = (file: Pins, other: Pins): string[] => [...other.keys()].filter((name) => !file.has(name)).sort();

/** Share of shared pins that are equal, 0 to 1; files that share nothing agree on nothing. */
export const shareOf = ({ shared, different }: Agreement): number =>
  shared === 0 ? 0 : (shared - different.length) / shared;
