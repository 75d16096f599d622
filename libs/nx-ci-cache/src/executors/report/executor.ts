/** Renders whatever records the last run left; it succeeds also for a run that did not, because it only reports. */
import type { RefreshReport } from '@nx-ci-cache/report';
import { asExecutor, type Step } from '../../step/context/as-executor';
import { writeReport } from '../../step/report/write-report';
import type { ReportOptions } from './schema';

export const report: Step<ReportOptions, RefreshReport> = (_options, context) => writeReport(context);

export default asExecutor(report);
