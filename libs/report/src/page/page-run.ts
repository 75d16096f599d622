/** What the page needs of a run beyond the report: the constraint files themselves, and what stands beside the chain. */
import type { Recorded, VerifyRecord } from '@nx-ci-cache/records';
import type { ReportedRun } from '../refresh-report';

export interface PageRun extends ReportedRun {
  readonly files: readonly ReportedFile[];
  /** Whether an earlier run proved the caches, and how. */
  readonly proof?: Recorded<VerifyRecord>;
  /** Length of the windows that cut-offs are rounded to. */
  readonly windowSeconds: number;
}

/** A constraint file as this run made it. */
export interface ReportedFile {
  readonly file: string;
  readonly mode: string;
  readonly python: string;
  readonly pins: readonly { readonly name: string; readonly version: string; readonly isPrerelease: boolean }[];
  /** Simple API URL of the only index it was resolved from; absent when a package may come from another one. */
  readonly indexUrl?: string;
}
