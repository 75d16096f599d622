/** Publishes files to a branch that other people write to as well: nothing lost, nothing overwritten, no false success. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isNotOffered, steadyNow, withRepository, type RemoteAccess } from '@nx-ci-cache/git';
import { CiCacheError, harmless, messageOf, retryDelay, type RetryPolicy } from '@nx-ci-cache/process';
import { storeFiles } from '../commit/draft';
import { attemptOnce, type AttemptResult } from './attempt';
import { checkRequest } from './check-request';
import type { Publication } from './publication';
import type { PublishOutcome, PublishRequest } from './request';
import { tagged } from './tagged';

/** Waits between attempts: a rival needs about 0.2 s for one push, so the first waits are of that size. */
export const policy: RetryPolicy = { tries: Infinity, baseMs: 200, capMs: 5000, retryable: () => true };

const twoMinutes = 120_000;

/**
 * Makes `branch` on the remote hold `files`, by one compare-and-swap commit on whatever is there.
 * @throws CiCacheError `OptionInvalid` before anything runs; `CommandFailed` when the remote is out of reach before
 * anything was pushed; `PushRefused` when a link, folder or executable on the branch bears the name of one of our files.
 * What happens after a push is an outcome and no error.
 */
export const publishFiles = async (request: PublishRequest): Promise<PublishOutcome> => {
  checkRequest(request);
  const { files, remove = [], message, source, trailers = {}, signal } = request;
  const startedAt = Date.now();
  const endsAt = steadyNow() + (request.deadlineMs ?? twoMinutes);
  const access = accessOf(request, endsAt);
  return withRepository(access, async (repository) => {
    const blobs = await storeFiles(repository, files);
    const shared = { request, repository, access, startedAt };
    const wish = { files, blobs, remove, message, source, trailers };
    let last: Retry | undefined;
    for (let attempt = 1; ; attempt += 1) {
      const result = await tried({ ...shared, wish, sent: last?.sent ?? [], attempt }, last);
      if (result.next === 'end') return tagged(request, repository, result.outcome, endsAt);
      last = result;
      const delay = retryDelay(policy, attempt);
      if (signal?.aborted || steadyNow() + delay >= endsAt) return gaveUp(result, attempt);
      await sleep(delay);
    }
  });
};

const accessOf = ({ remote: url, environment, ssh, signal }: PublishRequest, endsAt: number): RemoteAccess => ({
  url,
  endsAt,
  ...(environment === undefined ? {} : { environment }),
  ...(ssh === undefined ? {} : { ssh }),
  ...(signal === undefined ? {} : { signal }),
});

type Retry = Extract<AttemptResult, { next: 'retry' }>;

/** Before the first push a failure is thrown; after it the fate of that push is still to be settled. */
const tried = async (publication: Publication, last: Retry | undefined): Promise<AttemptResult> => {
  try {
    return await attemptOnce(publication);
  } catch (error) {
    const settling = last !== undefined && isCommandFailure(error);
    // The tip was listed but is gone when it is fetched: somebody rewound the branch in between.
    if (!settling && !isNotOffered(error)) throw error;
    return { ...(last ?? untouched(publication)), reason: harmless(messageOf(error)) };
  }
};

const isCommandFailure = (error: unknown): boolean => error instanceof CiCacheError && error.code === 'CommandFailed';

const untouched = ({ request, attempt }: Publication): Retry => ({
  next: 'retry',
  reason: '',
  sent: [],
  outcome: {
    result: 'failed',
    oldCommit: null,
    newCommit: null,
    attempts: attempt,
    files: [],
    removed: [],
    reasons: [],
    message: request.message,
  },
});

const gaveUp = ({ outcome, reason }: Retry, attempts: number): PublishOutcome => ({
  ...outcome,
  attempts,
  reasons: [
    reason,
    `gave up at the deadline after ${attempts} attempts; run again, what is there will be found and kept`,
  ],
});
