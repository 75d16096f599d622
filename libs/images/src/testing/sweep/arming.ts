/** What the fault of a case is made to happen with. */
import type { LegFacts } from '../..';
import type { Harm } from './harm';
import type { PublishedSweep, Sweep } from './sweep';

/** Another run that came between. */
export interface Rival {
  readonly facts: LegFacts;
  readonly ended: PublishedSweep | Error;
}

export interface Arming {
  readonly sweep: Sweep;
  readonly facts: LegFacts;
  readonly harm: Harm;
  readonly run: AbortController;
  readonly fire: () => void;
}
