/** One step of a run as the report shows it. */

export type StepStatus = 'done' | 'unchanged' | 'previewed' | 'failed' | 'skipped';

export interface ReportLine {
  /** Target name without its project. */
  readonly step: string;
  readonly status: StepStatus;
  readonly text: string;
}

/** Of a step that left no record of this run. */
export const skipped = 'did not run: a step before it failed or was not asked for';
