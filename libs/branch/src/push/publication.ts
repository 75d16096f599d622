/** What the attempts of one publication share. */
import type { RemoteAccess, Repository } from '@nx-ci-cache/git';
import type { Wish } from '../commit/draft';
import type { PublishOutcome, PublishRequest } from './request';

/** A commit that was pushed, and what the run has done should the branch turn out to hold it. */
export interface Sent {
  readonly commit: string;
  readonly outcome: PublishOutcome;
}

export interface Publication {
  readonly request: PublishRequest;
  readonly repository: Repository;
  readonly access: RemoteAccess;
  readonly wish: Wish;
  /** Commits pushed so far whose fate an earlier attempt could not settle. */
  readonly sent: readonly Sent[];
  /** Counts from 1. */
  readonly attempt: number;
  /** Milliseconds since the epoch of the first attempt; all commits bear it. */
  readonly startedAt: number;
}
