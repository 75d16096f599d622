/** Renders whatever records the last run left; it succeeds also for a run that did not, because it only reports. */
import { asExecutor } from '../../step/context/as-executor';
import { step } from '../../step/recorded';
import { writeReport } from '../../step/report/write-report';
import { reportStep } from '../../chain/report';

export const report = step(reportStep, (_options, context) => writeReport(context));

export default asExecutor(report);
