/** Object ids: only a full one names a commit for good, and nothing else may reach git's argv as one. */
import { CiCacheError } from '@nx-ci-cache/process';

export const isOid = (text: string): boolean => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);

/** @throws CiCacheError `OptionInvalid` for anything but a full object id. */
export const checkOid = (commit: string): void => {
  if (isOid(commit)) return;
  throw new CiCacheError('OptionInvalid', `commit = ${JSON.stringify(commit)}`, {
    remedy: 'Give the full object id of a commit.',
  });
};
