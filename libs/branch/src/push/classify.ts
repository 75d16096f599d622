/** Judges a push by what the remote holds afterwards: a push that failed may have been applied, one that succeeded may be gone. */
import type { PushReport } from './porcelain';

/** The branch as read again after the push. */
export interface Seen {
  readonly tip: string | null;
  /** Whether our commit is the tip or among its ancestors. */
  readonly contains: boolean;
}

export type Verdict =
  | { readonly next: 'end'; readonly result: 'pushed' | 'already-applied'; readonly reason?: string }
  | { readonly next: 'end'; readonly result: 'refused'; readonly reason: string }
  | { readonly next: 'retry'; readonly reason: string };

const notLocked = 'the server could not lock the branch';
const leftBehind = 'if it stays so, delete on the server the lock file named here, left by a push that died';

const lockReason = (said: string): string => `${notLocked}${/\.lock\b/.test(said) ? ` (${leftBehind})` : ''}: ${said}`;

/** When the branch could not be read again, for the reason `why`: what the push said may be all there is to go by. */
export const unread = (report: PushReport, why: string): Verdict => {
  const reason = `the branch could not be read after the push: ${why}`;
  if (report.kind === 'accepted') return { next: 'retry', reason };
  const said = report.kind === 'locked' ? lockReason(report.reason) : report.reason;
  return { next: 'retry', reason: `${reason}\nthe push said: ${said}` };
};

/** `expected` is the tip our commit was made for, null when the branch did not exist. */
export const classify = (report: PushReport, expected: string | null, seen: Seen): Verdict => {
  if (seen.contains) {
    return report.kind === 'accepted'
      ? { next: 'end', result: 'pushed' }
      : {
          next: 'end',
          result: 'already-applied',
          reason: `the branch holds our commit, though the push said: ${report.reason}`,
        };
  }
  switch (report.kind) {
    case 'accepted':
      return { next: 'retry', reason: 'the remote accepted our commit, but the branch no longer holds it' };
    case 'denied':
      // Even when the branch moved meanwhile: a hook that says no says it again.
      return { next: 'end', result: 'refused', reason: report.reason };
    case 'lease-lost':
      return { next: 'retry', reason: `another writer was faster: ${report.reason}` };
    case 'locked':
      return { next: 'retry', reason: lockReason(report.reason) };
    case 'lost':
      return {
        next: 'retry',
        reason: `${seen.tip === expected ? 'nothing was applied' : 'the branch moved'}: ${report.reason}`,
      };
  }
};
