/** The report's lines about the two steps that only look: what they saw is told by the steps that act on it. */
import type { BranchFacts, FailureRecord, PlanRecord, SnapshotRecord } from '@nx-ci-cache/records';
import { lineOf, type Line } from '../line';

export const snapshotLine = (
  record: SnapshotRecord | FailureRecord | undefined,
  branch: BranchFacts | FailureRecord | undefined,
): Line =>
  lineOf<SnapshotRecord>(record, () => ({
    status: 'unchanged',
    text: `nothing changed by looking, index up to ${branch !== undefined && 'cutoff' in branch ? branch.cutoff : 'unknown'}`,
  }));

export const planLine = (record: PlanRecord | FailureRecord | undefined): Line =>
  lineOf<PlanRecord>(record, ({ stale, fresh, denied }) => {
    if (stale === 0) return { status: 'unchanged', text: `nothing changed, ${fresh} fresh` };
    const counts = `${stale} stale, ${fresh} fresh`;
    return denied === undefined
      ? { status: 'done', text: counts }
      : { status: 'previewed', text: `${counts}; nothing is built: ${denied}` };
  });
