/** Renders whatever records the last run left; it succeeds also for a run that did not, because it only reports. */
import { asExecutor } from '../../step/context/as-executor';
import { step } from '../../step/recorded';
import { showPage } from '../../step/report/show-page';
import { writeReport } from '../../step/report/write-report';
import { reportStep } from '../../chain/report';

/** @throws CiCacheError `CommandFailed` when the page is written, and nothing here can show it. */
export const report = step(reportStep, async ({ open = false }, context) => {
  const written = await writeReport(context);
  if (open) await showPage(context.at(context.paths.refresh('html')), context.environment);
  return written;
});

export default asExecutor(report);
