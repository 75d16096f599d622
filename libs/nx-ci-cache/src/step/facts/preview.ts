/** Whether this run may change anything outside: a closed list of reasons why not. */
import type { Switches } from '@nx-ci-cache/config';
import { harmless } from '@nx-ci-cache/process';

export interface Circumstances {
  readonly switches: Switches;
  /** Whether a CI runs us (`CI` is set). */
  readonly ci: boolean;
  readonly pullRequest: boolean;
  /** Whether push.branches has a rule for the source branch. */
  readonly ruled: boolean;
  readonly sourceBranch: string | undefined;
  /** The commit the CI names, when another one is checked out. */
  readonly otherCommit: string | undefined;
}

/** Why nothing may be changed, or undefined when it may. A pull request never may, whoever says yes. */
export const previewReason = ({
  switches,
  ci,
  pullRequest,
  ruled,
  sourceBranch,
  otherCommit,
}: Circumstances): string | undefined => {
  if (switches.dryRun) return 'CI_CACHE_DRY_RUN is set';
  if (pullRequest) return 'this is a pull request';
  if (otherCommit !== undefined) return `the CI is at commit ${harmless(otherCommit)}, but another one is checked out`;
  if (!ruled)
    return `no rule of push.branches covers ${sourceBranch === undefined ? 'a detached checkout' : `branch ${harmless(sourceBranch)}`}`;
  if (!ci && !switches.answer) return 'outside a CI nothing is published without CI_CACHE_ANSWER=yes';
  return undefined;
};
