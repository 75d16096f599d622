/** A build hit by a fault of registry or network is tried again: BuildKit does not do it itself, and its cache is warm. */
import { CiCacheError, withRetry, type RetryPolicy } from '@nx-ci-cache/process';
import { executeBuild, type Executed, type ExecuteOptions } from './execute';

const buildRetry: RetryPolicy = {
  tries: 3,
  baseMs: 2_000,
  capMs: 20_000,
  retryable: (error) => error instanceof CiCacheError && error.data['transient'] === true,
};

/** @throws CiCacheError what the last try threw. */
export const buildWithRetry = (options: ExecuteOptions): Promise<Executed> =>
  withRetry(buildRetry, (attempt) => {
    if (attempt > 1) options.emit(`${options.leg}: try ${attempt} of ${buildRetry.tries}`);
    return executeBuild(options);
  });
