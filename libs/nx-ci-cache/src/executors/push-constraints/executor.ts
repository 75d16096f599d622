/** Publishes changed constraint files: only after check and gates, only what was checked, and only what resolves again. */
import { CiCacheError, harmless } from '@nx-ci-cache/process';
import type { BranchFacts, ChangesRecord, PushRecord } from '@nx-ci-cache/records';
import { asExecutor, type Step } from '../../step/context/as-executor';
import type { StepContext } from '../../step/context/context';
import { requireGates, type Tested } from '../../step/push/gates';
import { refuseUnpushed } from '../../step/push/not-pushed';
import { checkWiring } from '../../step/push/wiring';
import { pushChecked } from '../../step/push/push-checked';
import { readBranchFacts, recorded, required } from '../../step/context/recorded';
import type { PushConstraintsOptions } from './schema';

export const pushConstraints: Step<PushConstraintsOptions, PushRecord> = async (_options, context) => {
  const facts = await readBranchFacts(context);
  const act = async () => {
    const tested = context.byHand ? byHand : wiredAndTested(context);
    const changes = await required<ChangesRecord>(context, context.paths.changes, 'check-constraints');
    return pushChecked(facts, changes, tested, context);
  };
  const record = await recorded(context.at(context.paths.push), act, (text, error) =>
    unpushed(facts, text, isRefusal(error) ? 'refused' : 'failed'),
  );
  const { result, branch, newCommit, reasons } = record;
  context.say(`${result}: ${branch} ${newCommit?.slice(0, 12) ?? ''} ${reasons.join('; ')}`);
  refuseUnpushed(record);
  return record;
};

const wiredAndTested = (context: StepContext): Tested => {
  checkWiring(context);
  return requireGates(context);
};

const byHand: Tested = { gates: 'none, refreshed by hand', tested: 'nothing' };

/** It was said no before anything was pushed; of every other error nobody knows what it left. */
const isRefusal = (error: unknown): boolean =>
  error instanceof CiCacheError && ['PushRefused', 'OptionInvalid'].includes(error.code);

const unpushed = (
  { run, branch, remote, tip }: BranchFacts,
  error: string,
  result: 'refused' | 'failed',
): PushRecord => ({
  run,
  result,
  branch,
  remote,
  oldCommit: tip,
  newCommit: null,
  attempts: 0,
  files: [],
  reasons: [],
  error: harmless(error),
});

export default asExecutor(pushConstraints);
