/** What the report says of one step. */
import { isFailure, type FailureRecord } from '@nx-ci-cache/records';

export type StepStatus = 'done' | 'unchanged' | 'previewed' | 'failed' | 'skipped';

export interface Line {
  readonly status: StepStatus;
  readonly text: string;
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
