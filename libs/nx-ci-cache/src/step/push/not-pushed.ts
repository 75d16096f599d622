/** What is to be done after a push that did not end well depends on what the branch holds, and the record says that. */
import { CiCacheError, harmless } from '@nx-ci-cache/process';
import type { PushRecord } from '@nx-ci-cache/records';

/** @throws CiCacheError `PushRefused` for every result that is no success. */
export const refuseUnpushed = (record: PushRecord): void => {
  if (record.result !== 'refused' && record.result !== 'failed') return;
  const { what, remedy } = wordsFor(record);
  throw new CiCacheError('PushRefused', harmless(`${what}: ${record.reasons.join('; ')}`), { remedy });
};

const wordsFor = ({ result, branch, oldCommit, newCommit }: PushRecord) => {
  if (newCommit !== null && newCommit !== oldCommit) {
    return {
      what: `${branch} holds ${newCommit.slice(0, 12)}, but not all that was asked for was done`,
      remedy: 'The constraints are published. Mend what the reason names, then run again.',
    };
  }
  return result === 'refused'
    ? {
        what: `${branch} was not updated`,
        remedy: 'The branch is as it was. Mend what the reason names, then run again.',
      }
    : {
        what: `no certain answer says what became of the push to ${branch}`,
        remedy: 'Run again: what is there by then will be found and kept.',
      };
};
