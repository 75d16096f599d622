/** Says what branch, index, caches and images hold now, and what a refresh would do; it writes nothing but the files it is asked for. */
import type { ExecutorContext } from '@nx/devkit';
import { harmlessText, writeFileAtomic, writeJson } from '@nx-ci-cache/process';
import { statusBadge, statusMetrics, statusTerminal, type StatusReport } from '@nx-ci-cache/report';
import { statusStep, type StatusQuestion } from '../../chain/status';
import { succeeds } from '../../step/context/as-executor';
import { openContext, projectRootOf } from '../../step/context/context';
import { voiceOf } from '../../step/context/voice';
import { askedFiles, type AskedFiles } from '../../step/status/asked-files';
import { refuseOutcome } from '../../step/status/refuse-outcome';
import { statusOf, unreadStatus } from '../../step/status/status';

/** Not by `asExecutor`: a configuration that cannot be read is told as the rest is. */
export default (asked: StatusQuestion, context: ExecutorContext): Promise<{ success: boolean }> =>
  succeeds(async () => {
    const { projectName = '', root } = context;
    const outputs = askedFiles(asked, root, projectRootOf(context));
    const report = await openContext(context, statusStep).then(statusOf, (error: unknown) =>
      unreadStatus(projectName, error),
    );
    await write(report, outputs);
    tell(report, outputs, `${projectName}:${context.targetName}`);
    refuseOutcome(report, asked.failOn);
  });

const write = async (report: StatusReport, { files: { json, metrics, badge } }: AskedFiles): Promise<void> => {
  if (json !== undefined) await writeJson(json, report);
  if (metrics !== undefined) await writeFileAtomic(metrics, statusMetrics(report));
  if (badge !== undefined) await writeJson(badge, statusBadge(report));
};

const tell = (report: StatusReport, { inJson }: AskedFiles, task: string): void => {
  if (inJson) process.stdout.write(`${harmlessText(JSON.stringify(report))}\n`);
  else voiceOf(task).say(statusTerminal(report), { type: 'status', report });
};
