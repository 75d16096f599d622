/** Publishes changed constraint files: only after check and gates, only what was checked, and only what resolves again. */
import type { ChangesRecord, PushRecord } from '@nx-ci-cache/report';
import { asExecutor, type Step } from '../../step/as-executor';
import { requireGates } from '../../step/gates';
import { pushChecked } from '../../step/push-checked';
import { readBranchFacts, recorded, required } from '../../step/recorded';
import type { PushConstraintsOptions } from './schema';

export const pushConstraints: Step<PushConstraintsOptions, PushRecord> = async (_options, context) => {
  const gates = requireGates(context);
  return pushAfter(gates)({}, context);
};

/** The push itself, given how its files were tested. */
export const pushAfter =
  (tested: string): Step<PushConstraintsOptions, PushRecord> =>
  async (_options, context) => {
    const facts = await readBranchFacts(context);
    const record = await recorded(
      context.at(context.paths.push),
      async () =>
        pushChecked(
          facts,
          await required<ChangesRecord>(context, context.paths.changes, 'check-constraints'),
          tested,
          context,
        ),
      (error): PushRecord => ({
        run: facts.run,
        result: 'failed',
        branch: facts.branch,
        remote: facts.remote,
        oldCommit: facts.tip,
        newCommit: null,
        attempts: 0,
        files: [],
        reasons: [],
        error,
      }),
    );
    context.say(
      `${record.result}: ${record.branch} ${record.newCommit?.slice(0, 12) ?? ''} ${record.reasons.join('; ')}`,
    );
    return record;
  };

export default asExecutor(pushConstraints);
