/** The instant up to which the package index is seen, so that every cell and every machine sees the same index. */

export interface CutoffPolicy {
  /** How old a release must be to be seen, in seconds. */
  readonly settleSeconds: number;
  /** How often the cut-off moves, in seconds. */
  readonly windowSeconds: number;
}

/** `now` − settle, floored to the window, as ISO 8601 UTC in whole seconds. */
export const cutoffAt = (now: Date, { settleSeconds, windowSeconds }: CutoffPolicy): string => {
  const seconds = Math.floor(now.getTime() / 1000) - settleSeconds;
  return new Date((seconds - (seconds % windowSeconds)) * 1000).toISOString().replace('.000Z', 'Z');
};

const margin = 15 * 60;

/**
 * Seconds for which a fetched index page may be used again: settle − 15 min. A page younger than that was fetched after
 * the cut-off, with room for a slow mirror, and so holds everything up to it; one second more and it may not.
 */
export const pageMaxAge = ({ settleSeconds }: CutoffPolicy): number => settleSeconds - margin;
