/** The one maker of registry errors, and the table of those that may pass by themselves. */
import { CiCacheError, redact, type RetryPolicy } from '@nx-ci-cache/process';

export interface FailureFacts {
  readonly status?: number;
  readonly remedy?: string;
  readonly cause?: unknown;
  /** Worth another try. Default: decided by the status. */
  readonly transient?: boolean;
  /** Milliseconds the registry asked us to wait. */
  readonly retryAfterMs?: number;
}

const transientStatuses: readonly number[] = [429, 502, 503, 504];
const defaultRemedy = 'Check that the registry is reachable and healthy, then run again.';

/** `RegistryFailed` for `message`; `data.transient` tells whether a retry is worth it. */
export const registryFailed = (message: string, facts: FailureFacts = {}): CiCacheError => {
  const { status, remedy = defaultRemedy, cause, retryAfterMs } = facts;
  const transient = facts.transient ?? (status !== undefined && transientStatuses.includes(status));
  return new CiCacheError('RegistryFailed', redact(message), {
    remedy,
    data: {
      transient,
      ...(status === undefined ? {} : { status }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    },
    ...(cause === undefined ? {} : { cause }),
  });
};

export const registryRetry: RetryPolicy = {
  tries: 4,
  baseMs: 300,
  capMs: 5_000,
  retryable: (error) => error instanceof CiCacheError && error.data['transient'] === true,
};

const longestWait = 60_000;

/** Milliseconds of a Retry-After header (seconds or a date); undefined when absent or longer than a minute. */
export const retryAfter = (header: string | null, now: number = Date.now()): number | undefined => {
  if (header === null) return undefined;
  const wait = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(wait) && wait <= longestWait ? Math.max(0, wait) : undefined;
};
