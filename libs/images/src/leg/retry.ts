/** A build whose failure may pass by itself is tried again, as its class says: its node's cache keeps what was done. */
import { setTimeout as delay } from 'node:timers/promises';
import { CiCacheError, retryDelay } from '@nx-ci-cache/process';
import { retries, type FailureClass } from '../failure/causes';
import { inTurn, type BuildNode } from '../builder/build-node';
import { executeBuild, type Executed, type ExecuteOptions } from './execute';

interface BuildOptions extends ExecuteOptions {
  readonly node: BuildNode;
}

/** @throws CiCacheError what the last try threw. */
export const buildWithRetry = async (options: BuildOptions): Promise<Executed> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await tryOnNode(options);
    } catch (error) {
      const retry = error instanceof CiCacheError ? retries[error.data['class'] as FailureClass] : undefined;
      if (retry === undefined || attempt >= retry.tries) throw error;
      await delay(retryDelay({ ...retry, retryable: () => true }, attempt), undefined, signalled(options));
      options.emit(`${options.leg}: try ${attempt + 1} of ${retry.tries}`);
    }
  }
};

/** The node builds others while a try waits to be made. */
const tryOnNode = (options: BuildOptions): Promise<Executed> =>
  inTurn(
    options.node,
    () => executeBuild(options),
    () => options.emit(`${options.leg}: waits for node ${options.node.name}`),
  );

const signalled = ({ signal }: ExecuteOptions) => (signal === undefined ? {} : { signal });
