/** A kind of fault as data: what it is, whom and over which transports it meets, how that may end, how it is brought about. */
import type { PublishOutcome, PublishStep } from '@nx-ci-cache/branch';
import type { Ended } from './ended';
import type { Order, publishers } from './publisher';
import type { Random } from '@nx-ci-cache/process/src/testing/random';
import type { Transport, World } from './world/world';

export type Ending = PublishOutcome['result'] | 'error' | 'killed';

export interface FaultKind {
  readonly name: string;
  readonly transports: readonly Transport[];
  /** What publishes. Default: child. */
  readonly publisher?: keyof typeof publishers;
  /** How the publication that meets the fault may end. */
  readonly ends: readonly Ending[];
  /** Whose text the branch holds once the next run is over. Default: ours. */
  readonly final?: 'ours' | 'theirs';
  /** Whether it may also meet a branch that does not exist yet. */
  readonly onFresh?: boolean;
  /** How many of a sample are of this kind, in proportion. Default: 1. */
  readonly weight?: number;
  readonly arm: (world: World, random: Random) => Armed | Promise<Armed>;
}

/** One fault, ready to happen in one world; what it asks of the publication, where that is not the ordinary. */
export interface Armed extends Partial<Order> {
  /** Whether it verifiably happened; a fault that did not is not counted. */
  readonly fired: (ended: Ended) => boolean;
  /** Where exactly, for the report of a failure. */
  readonly at: string;
  /** Makes the world sound again for the next run. */
  readonly disarm?: () => Promise<void> | void;
}

export const steps: readonly PublishStep[] = ['observe', 'fetch', 'compare', 'commit', 'push', 'settle'];

/** Does `act` at the first occurrence of `step`; `fired` tells whether it came to that. */
export const once = (
  step: PublishStep,
  act: (pid: number) => Promise<void> | void,
): Pick<Armed, 'onStep' | 'fired'> => {
  let done = false;
  return {
    fired: () => done,
    onStep: async (name, _attempt, pid) => {
      if (name !== step || done) return;
      done = true;
      await act(pid);
    },
  };
};
