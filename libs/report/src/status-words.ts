import type { StepStatus } from './line';

/** What a table calls the outcome of a step. */
export const statusWords: Readonly<Record<StepStatus, string>> = {
  done: 'changed',
  unchanged: 'same',
  previewed: 'preview',
  failed: 'FAILED',
  skipped: 'skipped',
};
