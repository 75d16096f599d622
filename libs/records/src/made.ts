/** Which run made a record, and when: a record that Nx restored tells of the run it was made in. */
export interface Made {
  /** Id of the run; absent when it failed before there was one. */
  readonly run?: string;
  /** Page of the CI's run, absent outside a CI. */
  readonly ciRun?: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly endedAt: string;
}

/** A record as it lies in its file. */
export type Recorded<Record extends object> = Record & { readonly made?: Made };
