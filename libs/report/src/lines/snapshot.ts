/** The report's lines about the two steps that only look: what they saw is told by the steps that act on it. */
import {
  isFailure,
  type BranchFacts,
  type FailureRecord,
  type PlanRecord,
  type Reason,
  type SnapshotRecord,
} from '@nx-ci-cache/records';
import { lineOf, type Line } from '../line';

export const snapshotLine = (
  record: SnapshotRecord | FailureRecord | undefined,
  branch: BranchFacts | FailureRecord | undefined,
): Line =>
  lineOf<SnapshotRecord>(record, () =>
    branch === undefined || isFailure(branch)
      ? { status: 'unchanged', text: 'nothing changed by looking' }
      : {
          ...{ status: 'unchanged', text: `nothing changed by looking, index up to ${branch.cutoff}` },
          ...(branch.foreignTip && { reasons: [foreign(branch)] }),
        },
  );

const foreign = ({ branch, tip }: BranchFacts): Reason => ({
  ...{ kind: 'foreign-tip', text: `${branch} at ${tip?.slice(0, 12)} was pushed by others` },
});

export const planLine = (record: PlanRecord | FailureRecord | undefined): Line =>
  lineOf<PlanRecord>(record, ({ stale, fresh, denied }) => {
    if (stale === 0) return { status: 'unchanged', text: `nothing changed, ${fresh} fresh` };
    const counts = `${stale} stale, ${fresh} fresh`;
    return denied === undefined
      ? { status: 'done', text: counts }
      : { status: 'previewed', text: `${counts}; nothing is built: ${denied}` };
  });
