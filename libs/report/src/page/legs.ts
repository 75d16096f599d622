/** The legs among the steps of a run, by their own names. */
import type { ReportStep } from '../refresh-report';

const executor = 'buildx-refresh';

export const legsIn = (steps: readonly ReportStep[]): readonly ReportStep[] =>
  steps.filter((step) => step.executor === executor);

/** @param step its target. */
export const legCalled = (step: string): string => step.replace(new RegExp(`^${executor}--`), '');
