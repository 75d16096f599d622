/** Publishes changed constraint files: only after check and gates, only what was checked, and only what resolves again. */
import { isFailure, type BranchFacts, type ChangesRecord, type PushRecord } from '@nx-ci-cache/records';
import { asExecutor } from '../../step/context/as-executor';
import type { StepContext } from '../../step/context/context';
import { judgedChanges } from '../../step/facts/judged';
import { readBranchFacts } from '../../step/context/required';
import { requireGates, type Tested } from '../../step/push/gates';
import { refuseUnpushed } from '../../step/push/not-pushed';
import { pushChecked } from '../../step/push/push-checked';
import { checkWiring } from '../../step/push/wiring';
import { step } from '../../step/recorded';
import { checkConstraints } from '../check-constraints/executor';
import { pushConstraintsStep } from '../../chain/push-constraints';

const push = async (_part: object, context: StepContext): Promise<PushRecord> => {
  const facts = await readBranchFacts(context);
  const tested = context.byHand ? byHand : wiredAndTested(context);
  const changes = await checkedChanges(facts, context);
  const record = await pushChecked(facts, changes, tested, context);
  const { result, branch, newCommit, reasons } = record;
  context.say(`${result}: ${branch} ${newCommit?.slice(0, 12) ?? ''} ${reasons.join('; ')}`);
  return record;
};

/** Of the check that stood before; where none did, or Nx replayed one of another run, its own. */
const checkedChanges = async ({ run }: BranchFacts, context: StepContext): Promise<ChangesRecord> => {
  const { record, doubt } = await judgedChanges(run, context);
  const isOurs = record !== undefined && !isFailure(record) && doubt === undefined && record.run === run;
  return isOurs ? record : checkConstraints({}, context);
};

const wiredAndTested = (context: StepContext): Tested => {
  checkWiring(context);
  return requireGates(context);
};

const byHand: Tested = { gates: 'none, refreshed by hand', tested: 'nothing' };

export const pushConstraints = step(pushConstraintsStep, push, refuseUnpushed);

export default asExecutor(pushConstraints);
