/** A build whose failure may pass by itself is tried again, as its class says: its node's cache keeps what was done. */
import { CiCacheError, withRetries } from '@nx-ci-cache/process';
import { retries, type FailureClass } from '../failure/causes';
import { inTurn, type BuildNode } from '../builder/build-node';
import { executeBuild, type Executed, type ExecuteOptions } from './execute';

interface BuildOptions extends ExecuteOptions {
  readonly node: BuildNode;
}

/** @throws CiCacheError what the last try threw. */
export const buildWithRetry = (options: BuildOptions): Promise<Executed> =>
  withRetries(
    (error) => (error instanceof CiCacheError ? retries[error.data['class'] as FailureClass] : undefined),
    (attempt, again) => {
      if (again !== undefined) options.emit(`${options.leg}: try ${attempt} of ${again.tries}`);
      return tryOnNode(options);
    },
    options.signal,
  );

/** The node builds others while a try waits to be made. */
const tryOnNode = (options: BuildOptions): Promise<Executed> =>
  inTurn(
    options.node,
    () => executeBuild(options),
    () => options.emit(`${options.leg}: waits for node ${options.node.name}`),
  );
