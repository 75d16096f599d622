/** Looks at everything a first run needs, at once, and says what to mend; it changes nothing, outside or here. */
import type { ExecutorContext } from '@nx/devkit';
import { CiCacheError, counted, harmlessText } from '@nx-ci-cache/process';
import { doctorMarkdown, type Examined } from '@nx-ci-cache/report';
import { succeeds } from '../../step/context/as-executor';
import { openContext, type StepContext } from '../../step/context/context';
import { examine, findingOf, well } from '../../step/doctor/check';
import { checksOf, machineChecks } from '../../step/doctor/checks';
import { machineOf, patientOf } from '../../step/doctor/subject';
import { doctorStep } from '../../chain/doctor';

/** @throws CiCacheError `OptionInvalid` when anything must be mended. */
export const doctor = async (open: () => Promise<StepContext>, workspaceRoot: string): Promise<string> => {
  const machine = examine(machineChecks, await machineOf(workspaceRoot, process.env));
  const project = await open().then(examineProject, (error: unknown): readonly Examined[] => [
    { check: 'configuration', ...findingOf(error) },
  ]);
  const findings = [...(await machine), ...project];
  const table = doctorMarkdown(findings);
  const wrong = findings.filter(({ verdict }) => verdict === 'wrong');
  if (wrong.length === 0) return table;
  const found = `${counted(wrong.length, 'finding')} to mend: ${wrong.map(({ check }) => check).join(', ')}`;
  throw new CiCacheError('OptionInvalid', `${found}\n\n${table}\n`, {
    remedy: 'Do what the table says, then ask the doctor again.',
    data: { findings },
  });
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
