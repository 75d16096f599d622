/** A build whose failure may pass by itself is tried again, as its class says: its node's cache keeps what was done. */
import { setTimeout as delay } from 'node:timers/promises';
import { CiCacheError, retryDelay } from '@nx-ci-cache/process';
import { retries, type FailureClass } from '../failure/causes';
import { executeBuild, type Executed, type ExecuteOptions } from './execute';

/** @throws CiCacheError what the last try threw. */
export const buildWithRetry = async (options: ExecuteOptions): Promise<Executed> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await executeBuild(options);
    } catch (error) {
      const retry = error instanceof CiCacheError ? retries[error.data['class'] as FailureClass] : undefined;
      if (retry === undefined || attempt >= retry.tries) throw error;
      await delay(retryDelay({ ...retry, retryable: () => true }, attempt), undefined, signalled(options));
      options.emit(`${options.leg}: try ${attempt + 1} of ${retry.tries}`);
    }
  }
};

const signalled = ({ signal }: ExecuteOptions) => (signal === undefined ? {} : { signal });
