/** The end of the chain: the run is right only when every step has a good record of this run. */
import { CiCacheError } from '@nx-ci-cache/process';
import { asExecutor } from '../../step/context/as-executor';
import { step } from '../../step/recorded';
import { writeReport } from '../../step/report/write-report';
import { refreshStep } from '../../chain/refresh';

export const refresh = step(refreshStep, async (_options, context) => {
  const report = await writeReport(context);
  if (report.outcome !== 'failed') return report;
  throw new CiCacheError('OptionInvalid', `this run has no good record of ${report.failed.join(', ')}`, {
    remedy: `Run ${context.taskName} with its dependencies.`,
  });
});

export default asExecutor(refresh);
