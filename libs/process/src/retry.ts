/** Retries as data: which causes are worth another try, how long to wait, and when to stop. */
import { setTimeout as delay } from 'node:timers/promises';
import pRetry, { AbortError } from 'p-retry';

export interface Tries {
  /** How often the operation is tried in all. */
  readonly tries: number;
  /** First wait in milliseconds; it doubles each time. */
  readonly baseMs: number;
  /** Longest wait in milliseconds. */
  readonly capMs: number;
}

export interface RetryPolicy extends Tries {
  /** Whether this failure may pass by itself. */
  readonly retryable: (error: unknown) => boolean;
}

/** Milliseconds before try `attempt + 1` (`attempt` counts from 1): full jitter, so that rivals spread out. */
export const retryDelay = (policy: Tries, attempt: number, random: () => number = Math.random): number =>
  Math.round(random() * Math.min(policy.capMs, policy.baseMs * 2 ** (attempt - 1)));

/** Runs `operation` until it succeeds, fails for good, or has used up its tries; then the last error is thrown. */
export const withRetry = <Value>(policy: RetryPolicy, operation: (attempt: number) => Promise<Value>): Promise<Value> =>
  withRetries((error) => (policy.retryable(error) ? policy : undefined), operation);

/**
 * The same where each failure has tries of its own.
 * @param triesFor undefined for what does not pass by itself.
 * @param operation is told which try it is and, from the second one on, the tries of the failure before.
 * @param signal ends a wait, and with it the trying: the failure before is thrown.
 */
export const withRetries = <Value>(
  triesFor: (error: Error) => Tries | undefined,
  operation: (attempt: number, tries?: Tries) => Promise<Value>,
  signal?: AbortSignal,
): Promise<Value> => {
  let tries: Tries | undefined;
  return pRetry(
    async (attempt) => {
      try {
        return await operation(attempt, tries);
      } catch (error) {
        const failure = error instanceof Error ? error : new Error(String(error));
        tries = triesFor(failure);
        if (tries === undefined || attempt >= tries.tries) throw new AbortError(failure);
        await delay(retryDelay(tries, attempt), undefined, signal === undefined ? {} : { signal }).catch(() => {
          throw new AbortError(failure);
        });
        throw failure;
      }
    },
    // Ended by the last try; the wait is over by then.
    { forever: true, retries: 1, minTimeout: 0, maxTimeout: 0 },
  );
};
