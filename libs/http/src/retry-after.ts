/** How long a server asks us to stay away. */

export const longestWait = 60_000;

/** Milliseconds of a Retry-After header (seconds or a date), however long; undefined when absent or unclear. */
export const askedWait = (header: string | undefined, now: number = Date.now()): number | undefined => {
  if (header === undefined) return undefined;
  const wait = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
};

/** That wait; undefined also when it is longer than a minute. */
export const retryAfter = (header: string | undefined, now: number = Date.now()): number | undefined => {
  const wait = askedWait(header, now);
  return wait !== undefined && wait <= longestWait ? wait : undefined;
};
