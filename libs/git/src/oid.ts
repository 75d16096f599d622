/** Object ids: only a full one names a commit for good, and nothing else may reach git's argv or stdin as one. */
import { CiCacheError, counted } from '@nx-ci-cache/process';

export const isOid = (text: string): boolean => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);

/** @throws CiCacheError `OptionInvalid` for anything but a full object id. */
export const checkOid = (commit: string): void => {
  if (isOid(commit)) return;
  throw new CiCacheError('OptionInvalid', `commit = ${JSON.stringify(commit)}`, {
    remedy: 'Give the full object id of a commit.',
  });
};

/**
 * The ids a command printed, one a line: a push of no id at all, because the answer was lost, would delete the branch.
 * @throws CiCacheError `CommandFailed`
 */
export const printedOids = (command: string, stdout: string, count = 1): readonly string[] => {
  const oids = stdout.trim().split('\n');
  if (oids.length === count && oids.every(isOid)) return oids;
  throw new CiCacheError('CommandFailed', `git ${command} did not print ${counted(count, 'object id')}`, {
    remedy: 'Check that the machine has memory and room left, then run again.',
  });
};
