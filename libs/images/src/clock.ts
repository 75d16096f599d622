/** How far another machine's clock is from ours, as one exchange with it tells. */

/** Milliseconds of one clock, between which something happened. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Milliseconds by which theirs is ahead, at the least; 0 where both may be right. @param theirs what happened within ours. */
export const aheadMs = (ours: Span, theirs: Span): number => {
  if (theirs.to > ours.to) return Math.max(theirs.from - ours.to, 0);
  return theirs.from < ours.from ? Math.min(theirs.to - ours.from, 0) : 0;
};
