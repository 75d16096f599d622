/** What every step of the chain leaves: its own record, or in the place of it why there is none. */

/** In the place of a step's record when it failed; `refused`: it was said no before anything was done. */
export interface FailureRecord {
  readonly run: string;
  readonly result: 'failed' | 'refused';
  readonly error: string;
}

/** `snapshot.json`: which run the records beside it are of. */
export interface SnapshotRecord {
  /** Random id of this run; records of another run count as never written. */
  readonly run: string;
  readonly result: 'observed';
  readonly startedAt: string;
}

/** `plan.json`: what became of the planning of all legs. */
export interface PlanRecord {
  readonly run: string;
  readonly result: 'planned';
  readonly stale: number;
  readonly fresh: number;
  /** Why none may be built; absent when they may. */
  readonly denied?: string;
}

/** Whether it stands in the place of a record: a record itself, also of a refusal, has no error. */
export const isFailure = (record: object | undefined): record is FailureRecord =>
  record !== undefined && 'error' in record;
