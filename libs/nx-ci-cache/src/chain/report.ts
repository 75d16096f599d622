/** The report of a run however it ended; nothing stands before it. */
import type { RecordPaths } from '@nx-ci-cache/records';
import { defineStep } from './definition';

/** What a report of a run leaves, whoever asks for it. */
export const reportFiles = (paths: RecordPaths): string[] => [
  ...[paths.refresh('json'), paths.refresh('md'), paths.refresh('html')],
  paths.badge,
];

export interface ReportQuestion {
  /** Show the page in a browser. */
  readonly open?: boolean;
}

export const reportStep = defineStep<ReportQuestion>({
  name: 'report',
  says: () => 'Renders whatever records exist',
  // A run that stopped before its snapshot has none.
  configuration: 'either',
  writes: (_part, { paths }) => reportFiles(paths),
});
