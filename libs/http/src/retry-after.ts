/** How long a server asks us to stay away. */

const longestWait = 60_000;

/** Milliseconds of a Retry-After header (seconds or a date); undefined when absent, unclear or longer than a minute. */
export const retryAfter = (header: string | undefined, now: number = Date.now()): number | undefined => {
  if (header === undefined) return undefined;
  const wait = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(wait) && wait <= longestWait ? Math.max(0, wait) : undefined;
};
