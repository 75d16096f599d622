/** What the attempts of one publication share. */
import type { Blobs } from './draft';
import type { Repository } from './repository';
import type { PublishRequest } from './request';

export interface Publication {
  readonly request: PublishRequest;
  readonly repository: Repository;
  /** Our files' content, stored in the repository. */
  readonly blobs: Blobs;
  /** Commits pushed so far whose fate an earlier attempt could not settle. */
  readonly sent: readonly string[];
  /** Counts from 1. */
  readonly attempt: number;
  /** Milliseconds since the epoch of the first attempt; all commits bear it. */
  readonly startedAt: number;
  /** Milliseconds since the epoch at which all of it ends. */
  readonly endsAt: number;
}
