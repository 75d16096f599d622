/** Publishes changed constraint files: only after check and gates, only what was checked, and only what resolves again. */
import { harmless } from '@nx-ci-cache/process';
import type { BranchFacts, ChangesRecord, PushRecord } from '@nx-ci-cache/report';
import { asExecutor, type Step } from '../../step/context/as-executor';
import type { StepContext } from '../../step/context/context';
import { requireGates, type Tested } from '../../step/push/gates';
import { refuseUnpushed } from '../../step/push/not-pushed';
import { pushChecked } from '../../step/push/push-checked';
import { readBranchFacts, recorded, required } from '../../step/context/recorded';
import type { PushConstraintsOptions } from './schema';

/** The push itself, given how its files were tested. */
export const pushAfter =
  (tested: string | ((context: StepContext) => Tested)): Step<PushConstraintsOptions, PushRecord> =>
  async (_options, context) => {
    const facts = await readBranchFacts(context);
    const act = async () => {
      const words = typeof tested === 'string' ? { gates: tested, tested: 'nothing' } : tested(context);
      const changes = await required<ChangesRecord>(context, context.paths.changes, 'check-constraints');
      return pushChecked(facts, changes, words, context);
    };
    const record = await recorded(context.at(context.paths.push), act, (error) => failed(facts, error));
    const { result, branch, newCommit, reasons } = record;
    context.say(`${result}: ${branch} ${newCommit?.slice(0, 12) ?? ''} ${reasons.join('; ')}`);
    refuseUnpushed(record);
    return record;
  };

const failed = ({ run, branch, remote, tip }: BranchFacts, error: string): PushRecord => ({
  run,
  result: 'failed',
  branch,
  remote,
  oldCommit: tip,
  newCommit: null,
  attempts: 0,
  files: [],
  reasons: [],
  error: harmless(error),
});

export const pushConstraints: Step<PushConstraintsOptions, PushRecord> = pushAfter(requireGates);

export default asExecutor(pushConstraints);
