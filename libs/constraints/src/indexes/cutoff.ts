/** The instant up to which the package index is seen, so that every cell and every machine sees the same index. */

export interface CutoffPolicy {
  /** How old a release must be to be seen, in seconds. */
  readonly settleSeconds: number;
  /** How often the cut-off moves, in seconds. */
  readonly windowSeconds: number;
}

/** `now` − settle, floored to the window, as ISO 8601 UTC in whole seconds. */
export const cutoffAt = (now: Date, policy: CutoffPolicy): string => {
  const seconds = settledAt(now, policy.settleSeconds);
  return instant(seconds - (seconds % policy.windowSeconds));
};

/** `now` − settle: a later cut-off would see releases that kept pages need not hold. */
export const latestCutoff = (now: Date, policy: CutoffPolicy): string => instant(settledAt(now, policy.settleSeconds));

const settledAt = (now: Date, settleSeconds: number): number => Math.floor(now.getTime() / 1000) - settleSeconds;

const instant = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');

const margin = 15 * 60;

/**
 * Seconds for which a fetched index page may be used again: settle − 15 min. A page younger than that was fetched after
 * the cut-off, with room for a slow mirror, and so holds everything up to it; one second more and it may not.
 */
export const pageMaxAge = ({ settleSeconds }: CutoffPolicy): number => settleSeconds - margin;

/** Whether a run may take `cutoff` now; the facts of a cell hold settle as their page age. */
export const hasSettled = (cutoff: string, now: Date, facts: { readonly pageMaxAge: number }): boolean =>
  cutoff <= instant(settledAt(now, facts.pageMaxAge + margin));
