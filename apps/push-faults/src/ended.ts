/** How a publication ended, whoever ran it: with an outcome, with an error, or by a signal. */
import type { PublishOutcome } from '@nx-ci-cache/branch';

/** What is claimed of the branch. */
export type Claim = Pick<PublishOutcome, 'result' | 'newCommit' | 'reasons'>;

export interface ThrownError {
  readonly code: string;
  /** Message, remedy, data and stack, as JSON. */
  readonly text: string;
}

export interface Ended {
  readonly outcome?: Claim;
  readonly error?: ThrownError;
  /** Neither an outcome nor an error: it was killed. */
  readonly killed: boolean;
  readonly clockJumped: boolean;
  /** All it printed. */
  readonly printed: string;
  /** What the publication says it took; of a killed one the whole process. */
  readonly seconds: number;
}
