/** What a publication in a process of its own and the fault that meets it say to each other. */
import type { PublishOutcome, PublishRequest, PublishStep } from '@nx-ci-cache/branch';
import type { ThrownError } from '../ended';

export interface ChildConfig {
  readonly request: Omit<PublishRequest, 'on' | 'signal' | 'environment'> & { readonly deadlineMs: number };
  /** Die here by SIGKILL, after having written `mark`. */
  readonly killAt?: { readonly step: PublishStep; readonly attempt: number; readonly mark: string };
  /** From this step of the first attempt on the clock is off by so much. */
  readonly clock?: { readonly step: PublishStep; readonly byMs: number };
  /** At this step of the first attempt only so much is left until the deadline, however long the machine took so far. */
  readonly hurry?: { readonly step: PublishStep; readonly leftMs: number };
}

export type FromChild =
  | { readonly say: 'step'; readonly step: PublishStep; readonly attempt: number }
  | { readonly say: 'clock' }
  | { readonly say: 'outcome'; readonly outcome: PublishOutcome; readonly seconds: number }
  | { readonly say: 'error'; readonly error: ThrownError; readonly seconds: number };
