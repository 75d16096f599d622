/** Makes the fault of a case happen, and undoes it. */
import type { LegFacts } from '../..';
import { atMoment } from './at-moment';
import type { Case } from './cases';
import type { Rival } from './arming';
import { harming } from './harm';
import { inState } from './in-state';
import type { Sweep } from './sweep';

export interface Armed {
  readonly signal: AbortSignal;
  /** Told when the plan of the run is made. */
  readonly planned: () => Promise<void>;
  /** Whether it verifiably happened. */
  readonly fired: () => boolean;
  readonly rival: () => Promise<Rival | undefined>;
  readonly disarm: () => Promise<void>;
}

export const strike = async (sweep: Sweep, facts: LegFacts, fault: Case): Promise<Armed> => {
  const harm = harming(sweep);
  const run = new AbortController();
  let fired = false;
  const arming = { sweep, facts, harm, run, fire: () => void (fired = true) };
  const { planned, rival, stop }: Partial<Armed> & { readonly stop?: () => void } =
    'moment' in fault ? atMoment(arming, fault.moment, fault.strike) : await inState(arming, fault.state);
  return {
    signal: run.signal,
    planned: planned ?? (async () => undefined),
    fired: () => fired,
    rival: rival ?? (async () => undefined),
    disarm: async () => {
      sweep.faulty.fail();
      stop?.();
      await harm.mend();
    },
  };
};
