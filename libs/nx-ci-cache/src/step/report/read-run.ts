/** The run as its steps tell it: a line for every task of the chain, in its order. */
import { isFailure, type BranchFacts, type ChangesRecord } from '@nx-ci-cache/records';
import type { ReportedRun, ReportLine } from '@nx-ci-cache/report';
import { chain } from '../../chain/chain';
import type { StepContext } from '../context/context';
import { partName, partsOf, type Look, type StepDefinition } from '../../chain/definition';
import { lookAt } from './look';

export const readRun = async (context: StepContext): Promise<ReportedRun> => {
  const look = await lookAt(context);
  const lines = await Promise.all(chain.map((step) => linesOf(step, look)));
  return {
    project: context.projectName,
    branch: await factsOf(look),
    lines: lines.flat(),
    files: await comparedIn(look),
  };
};

const linesOf = async (step: StepDefinition, look: Look): Promise<ReportLine[]> => {
  const lines = partsOf(step, look.config).map(async (part) => {
    const line = await step.line?.(part, look);
    return line === undefined ? [] : [{ step: partName(step, part), ...line }];
  });
  return (await Promise.all(lines)).flat();
};

const factsOf = async ({ ofRun, paths }: Look): Promise<BranchFacts | undefined> => {
  const facts = await ofRun<BranchFacts>(paths.branch);
  return isFailure(facts) ? undefined : facts;
};

const comparedIn = async (look: Look): Promise<ChangesRecord['files']> => {
  const changes = await look.changes();
  return changes !== undefined && 'files' in changes ? changes.files : [];
};
