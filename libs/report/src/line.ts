/** What the report says of one step. */
import { isFailure, type FailureRecord, type RanStep, type Reason } from '@nx-ci-cache/records';

export type StepStatus = 'done' | 'unchanged' | 'previewed' | 'failed' | 'skipped';

/** A build of a leg, as far as a report tells of it. */
export interface BuildLine {
  readonly node?: string;
  /** Platform of the machine that emulated the leg's own; absent for a native build. */
  readonly emulatedOn?: string;
  readonly seconds?: number;
  /** Of the Dockerfile, with those that came from a cache. */
  readonly steps?: { readonly total: number; readonly cached: number };
  /** Steps that ran, each with why. */
  readonly ran?: readonly RanStep[];
  /** Bytes as the registry holds them. */
  readonly imageBytes?: number;
  readonly cacheBytes?: number;
  readonly exportSeconds?: number;
  readonly criticalPathSeconds?: number;
}

/** What was looked at again after it was written. */
export interface Verified {
  readonly what: string;
  readonly how: string;
}

export interface Line {
  readonly status: StepStatus;
  readonly text: string;
  /** Why there was something to do. */
  readonly reasons?: readonly Reason[];
  readonly build?: BuildLine;
  readonly verified?: readonly Verified[];
}

/** Of a step that left no record of this run. */
export const skipped: Line = { status: 'skipped', text: 'did not run: a step before it failed or was not asked for' };

/** The two cases every step has in common, and `line` for a record of its own. */
export const lineOf = <Record extends object>(
  record: Record | FailureRecord | undefined,
  line: (record: Record) => Line,
): Line => {
  if (record === undefined) return skipped;
  return isFailure(record) ? { status: 'failed', text: record.error } : line(record as Record);
};
