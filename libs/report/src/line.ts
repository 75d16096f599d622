/** What the report says of one step. */
import {
  isFailure,
  type FailureRecord,
  type LegFigures,
  type LegRecord,
  type Made,
  type Reason,
  type Recorded,
} from '@nx-ci-cache/records';

export type StepStatus = 'done' | 'unchanged' | 'previewed' | 'failed' | 'skipped';

/** A build of a leg, as far as a report tells of it. */
export interface BuildLine
  extends
    Pick<LegRecord, 'node' | 'seconds' | 'steps' | 'ran' | 'startedAt' | 'endedAt' | 'retries' | 'cacheMissing'>,
    Partial<
      Pick<LegFigures, 'cacheBytes' | 'cacheManifestBytes' | 'exportSeconds' | 'criticalPathSeconds' | 'timings'>
    > {
  /** Platform of the machine that emulated the leg's own; absent for a native build. */
  readonly emulatedOn?: string;
  /** Of all layers, as the registry holds them. */
  readonly imageBytes?: number;
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
  /** When and in which run its record was made. */
  readonly made?: Made;
}

/** Of a step that left no record of this run. */
export const skipped: Line = { status: 'skipped', text: 'did not run: a step before it failed or was not asked for' };

/** The two cases every step has in common, and `line` for a record of its own. */
export const lineOf = <Record extends object>(
  record: Recorded<Record | FailureRecord> | undefined,
  line: (record: Record) => Line,
): Line => {
  if (record === undefined) return skipped;
  const { made } = record;
  return {
    ...(isFailure(record) ? { status: 'failed', text: record.error } : line(record as Record)),
    ...(made === undefined ? {} : { made }),
  };
};
