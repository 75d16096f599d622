/** Retries as data: which causes are worth another try, how long to wait, and when to stop. */
import pRetry, { AbortError } from 'p-retry';

export interface RetryPolicy {
  /** How often the operation is tried in all. */
  readonly tries: number;
  /** First wait in milliseconds; it doubles each time. */
  readonly baseMs: number;
  /** Longest wait in milliseconds. */
  readonly capMs: number;
  /** Whether this failure may pass by itself. */
  readonly retryable: (error: unknown) => boolean;
}

/** Milliseconds before try `attempt + 1` (`attempt` counts from 1): full jitter, so that rivals spread out. */
export const retryDelay = (policy: RetryPolicy, attempt: number, random: () => number = Math.random): number =>
  Math.round(random() * Math.min(policy.capMs, policy.baseMs * 2 ** (attempt - 1)));

/** Runs `operation` until it succeeds, fails for good, or has used up its tries; then the last error is thrown. */
export const withRetry = <Value>(policy: RetryPolicy, operation: (attempt: number) => Promise<Value>): Promise<Value> =>
  pRetry(
    async (attempt) => {
      try {
        return await operation(attempt);
      } catch (error) {
        const failure = error instanceof Error ? error : new Error(String(error));
        if (!policy.retryable(failure)) throw new AbortError(failure);
        if (attempt < policy.tries) await sleep(retryDelay(policy, attempt));
        throw failure;
      }
    },
    { retries: policy.tries - 1, minTimeout: 0, maxTimeout: 0 },
  );

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
