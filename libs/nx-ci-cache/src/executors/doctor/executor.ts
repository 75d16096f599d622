/** Looks at everything a first run needs, at once, and says what to mend; it changes nothing, outside or here. */
import type { ExecutorContext } from '@nx/devkit';
import { harmlessText } from '@nx-ci-cache/process';
import type { Examined } from '@nx-ci-cache/report';
import { succeeds } from '../../step/context/as-executor';
import { openContext, type StepContext } from '../../step/context/context';
import { examine, findingOf, well } from '../../step/doctor/check';
import { checksOf, machineChecks } from '../../step/doctor/checks';
import { machineOf, patientOf } from '../../step/doctor/subject';
import { told } from '../../step/doctor/told';
import { doctorStep } from '../../chain/doctor';

/** @throws CiCacheError `OptionInvalid` when anything must be mended. */
export const doctor = async (open: () => Promise<StepContext>, workspaceRoot: string): Promise<string> => {
  const machine = examine(machineChecks, await machineOf(workspaceRoot, process.env));
  const project = await open().then(examineProject, (error: unknown): readonly Examined[] => [
    { check: 'configuration', ...findingOf(error) },
  ]);
  return told([...(await machine), ...project]);
};

const examineProject = async (context: StepContext): Promise<readonly Examined[]> => {
  const patient = await patientOf(context);
  const found = await examine(checksOf(patient), patient);
  return [{ check: 'configuration', ...well(context.config.file) }, ...found];
};

/** Not by `asExecutor`: a configuration that cannot be read is a finding among others. */
export default (_options: object, context: ExecutorContext): Promise<{ success: boolean }> =>
  succeeds(async () => {
    const table = await doctor(() => openContext(context, doctorStep), context.root);
    process.stdout.write(`${harmlessText(table)}\n`);
  });
