/** The run as its steps tell it: each task of the chain, in its order. */
import { digestOf, readTextIfPresent } from '@nx-ci-cache/process';
import {
  isFailure,
  type BranchFacts,
  type ChangesRecord,
  type FailureRecord,
  type PushRecord,
} from '@nx-ci-cache/records';
import type { ReportedRun, ReportStep } from '@nx-ci-cache/report';
import { chain } from '../../chain/chain';
import type { StepContext } from '../context/context';
import { partName, partsOf, type Look, type StepDefinition } from '../../chain/definition';

export const readRun = async (context: StepContext, look: Look): Promise<ReportedRun> => {
  const { ofRun, paths } = look;
  const branch = whole(await ofRun<BranchFacts>(paths.branch));
  const steps = await Promise.all(chain.map((step) => stepsOf(step, look, context, branch?.run)));
  return {
    ...{ project: context.projectName, branch, steps: steps.flat() },
    changes: whole<ChangesRecord>(await look.changes()),
    push: whole(await ofRun<PushRecord>(paths.push)),
  };
};

const whole = <Record extends object>(record: Record | FailureRecord | undefined): Record | undefined =>
  isFailure(record) ? undefined : record;

const stepsOf = async (
  step: StepDefinition,
  look: Look,
  context: StepContext,
  run: string | undefined,
): Promise<ReportStep[]> => {
  const told = partsOf(step, look.config).map(async (part): Promise<ReportStep[]> => {
    const line = await step.line?.(part, look);
    if (line === undefined) return [];
    const { made } = line;
    return [
      {
        ...{ step: partName(step, part), executor: step.name, ...line },
        ...(made === undefined || made.run === run ? {} : { replayed: true as const }),
        ...(line.status === 'skipped' ? {} : await inputsOf(step, part, context)),
      },
    ];
  });
  return (await Promise.all(told)).flat();
};

const inputsOf = async (
  step: StepDefinition,
  part: object,
  context: StepContext,
): Promise<Pick<ReportStep, 'inputs'>> => {
  const inputs = await Promise.all((step.facts?.(part, context) ?? []).map((file) => digestIn(file, context)));
  return inputs.length === 0 ? {} : { inputs: Object.fromEntries(inputs) };
};

const digestIn = async (path: string, { at }: StepContext) =>
  [path, digestOf((await readTextIfPresent(at(path))) ?? null)] as const;
